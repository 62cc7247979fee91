import type { Ack, Problem } from '@app/contracts';
import { PageFormatError } from '@app/contracts';
import type { Clock } from '@app/platform';
import { DomainError, isDomainError } from '@app/platform';
import { PageFault } from '../replica/check-page.js';

const ACK_TIMEOUT_MS = 20_000;

/** Questions to the main venue that wait for their acknowledgement, on the site's clock. */
export class PendingAcks {
  /** Ends the wait of everybody who asked and has no answer. */
  readonly #asked = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /**
   * The data of an acknowledgement; nothing is sent without a line, since the socket would keep it for another one, where nobody waits.
   * Throws what the main venue refused with, or UNAVAILABLE when it did not answer.
   */
  ask<T>(hasLine: boolean, send: (ack: Ack<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const give = (): void => {
        cancel();
        this.#asked.delete(give);
        reject(new DomainError('UNAVAILABLE', 'the main venue did not answer'));
      };
      const cancel = this.clock.after(ACK_TIMEOUT_MS, give);
      this.#asked.add(give);
      if (!hasLine) give();
      else
        send((reply) => {
          cancel();
          this.#asked.delete(give);
          if (reply.ok) resolve(reply.data);
          else reject(new DomainError('UNAVAILABLE', `${reply.code}: ${reply.message}`));
        });
    });
  }

  /** With the line the answers are gone. */
  giveUp(): void {
    for (const give of [...this.#asked]) give();
  }
}

/** What the main venue is told of something that it sent and that is not taken. */
export function problemOf(error: unknown, requestId: string): { ok: false } & Problem {
  if (isDomainError(error)) return { ok: false, code: error.code, message: error.message, requestId };
  if (error instanceof PageFault || error instanceof PageFormatError)
    return { ok: false, code: 'MALFORMED', message: error.message, requestId };
  return { ok: false, code: 'INTERNAL', message: 'an unexpected failure', requestId };
}
