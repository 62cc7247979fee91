import type { Answer, SignedCommand } from '@app/contracts';
import { ERROR_CODES, zSignedCommand } from '@app/contracts';
import { readPayload } from '@app/venue';
import type { Clock } from '@app/platform';
import { DomainError } from '@app/platform';
import type { Outbox } from '../outbox/outbox.js';

/** How long a seat waits for the main venue's word while the line is up. */
export const ANSWER_WAIT_MS = 4_000;

/**
 * Takes commands from the seats. A command is first made safe here; with the line up its answer comes at once, without it the
 * seat is told that it is kept (已暂存，待主场确认) and gets the answer later.
 */
export class CommandDesk {
  readonly #listeners = new Set<(answer: Answer, signed: SignedCommand) => void>();

  constructor(
    private readonly outbox: Pick<Outbox, 'submit' | 'answerOf'>,
    private readonly line: { readonly isUp: boolean },
    private readonly clock: Clock,
  ) {}

  /** Answers that come after their seat was told QUEUED. */
  onLateAnswer(fn: (answer: Answer, signed: SignedCommand) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  /** Throws MALFORMED, TOO_LARGE, ID_REUSED, RATE_LIMITED, UNAVAILABLE when the command is not kept, QUEUED when it is and waits. */
  async submit(payload: unknown): Promise<Answer> {
    const signed = readPayload(zSignedCommand, payload);
    const kept = await this.outbox.submit(signed);
    const answer = this.line.isUp ? await this.#within(kept.answer) : null;
    if (answer !== null) return answer;
    void kept.answer.then((late) => {
      for (const listener of this.#listeners) listener(late, signed);
    });
    throw new DomainError('QUEUED', ERROR_CODES.QUEUED, { details: { id: signed.command.id, receivedAt: kept.receivedAt } });
  }

  /** The main venue's word on a command kept here. Throws QUEUED while it waits, NOT_FOUND when it was never kept. */
  async answerOf(id: string): Promise<Answer> {
    const answer = await this.outbox.answerOf(id);
    if (answer === null) throw new DomainError('QUEUED', ERROR_CODES.QUEUED);
    return answer;
  }

  #within(answer: Promise<Answer>): Promise<Answer | null> {
    return new Promise((resolve) => {
      const cancel = this.clock.after(ANSWER_WAIT_MS, () => {
        resolve(null);
      });
      void answer.then((value) => {
        cancel();
        resolve(value);
      });
    });
  }
}
