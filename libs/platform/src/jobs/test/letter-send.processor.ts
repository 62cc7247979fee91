import { jobOf, JobProcessor } from '@app/platform/jobs';
import type { JobContext } from '@app/platform/jobs';
import type { Pool } from 'pg';
import { z } from 'zod';

/** The worked example of docs/extending.md, which a test compares with the page and runs. */
export const LETTER_JOBS = {
  /** Writes to somebody, once. */
  'letter:send': z.strictObject({ to: z.string(), text: z.string().max(2_000) }),
};
type JobPayload<N extends keyof typeof LETTER_JOBS> = z.infer<(typeof LETTER_JOBS)[N]>;
const Job = jobOf<typeof LETTER_JOBS>();

@Job('letter:send', { concurrency: 2 })
export class LetterSendProcessor extends JobProcessor<JobPayload<'letter:send'>> {
  constructor(private readonly pool: Pool) {
    super();
  }

  async run({ to, text }: JobPayload<'letter:send'>, context: JobContext): Promise<undefined> {
    // May be begun again after a crash: the id of the job is what makes it one letter.
    await this.pool.query('INSERT INTO letter VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [context.id, to, text]);
  }
}
