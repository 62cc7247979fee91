import type { Answer, SignedCommand } from '@app/contracts';
import { ERROR_CODES, zSignedCommand } from '@app/contracts';
import { Clock, DomainError } from '@app/platform';
import { CommandTaker, readPayload } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { Outbox } from '../outbox/outbox.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { Uplink } from '../uplink/uplink.js';

/** How long a seat waits for the main venue's word while the line is up. */
const ANSWER_WAIT_MS = 4_000;

/**
 * Takes commands from the seats. A command is first made safe here; with the line up its answer comes at once, without it the
 * seat is told that it is kept (已暂存，待主场确认) and gets the answer later.
 */
@Injectable()
export class KeepingTaker extends CommandTaker {
  readonly #listeners = new Set<(answer: Answer, signed: SignedCommand) => void>();

  constructor(
    @Inject(Outbox) private readonly outbox: Pick<Outbox, 'submit' | 'answerOf'>,
    @Inject(Uplink) private readonly line: { readonly isUp: boolean },
    @Inject(Replicas) private readonly lots: { find(origin: string): Pick<Replica, 'atHand'> | undefined },
    private readonly clock: Clock,
  ) {
    super();
  }

  onLate(listener: (answer: Answer, signed: SignedCommand) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws MALFORMED, TOO_LARGE, ID_REUSED, RATE_LIMITED, UNAVAILABLE when the command is not kept, QUEUED when it is and waits. */
  async submit(unread: SignedCommand): Promise<Answer> {
    const signed = readPayload(zSignedCommand, unread);
    // Who sits where stands in the lot's state: while the site starts, a command waits until that is what the disk says.
    await this.lots.find(signed.command.origin)?.atHand();
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
