import type { JobPayload } from '@app/contracts';
import { Job, JobProcessor } from '@app/platform/jobs';
import { Reactor } from './reactor.js';

const WAKES_AT_ONCE = 50;

/**
 * A limit of a lot is reached: whoever takes the job looks after the lot. It changes nothing by itself, so it may come late, twice, or
 * for a limit that was moved; what is due is asked of the rules.
 */
@Job('lot:wake', { concurrency: WAKES_AT_ONCE })
export class LotWakeProcessor extends JobProcessor<JobPayload<'lot:wake'>> {
  constructor(private readonly reactor: Reactor) {
    super();
  }

  async run({ origin }: JobPayload<'lot:wake'>): Promise<undefined> {
    await this.reactor.look(origin);
  }
}
