import type { Ack } from '@app/contracts';
import type { Problems } from '../problems/problems.js';

/**
 * The one place that answers acks: data, or a documented refusal, whatever happens in `work`. A caller that sent no ack is not
 * worth a crash; the work is done all the same. `facts` go to the log with a failure that nobody expected.
 */
export function answerAck<T>(
  problems: Pick<Problems, 'tell'>,
  ack: Ack<T> | undefined,
  work: () => T | Promise<T>,
  facts?: Readonly<Record<string, unknown>>,
): void {
  const reply: Ack<T> = typeof ack === 'function' ? ack : () => undefined;
  // `work` may throw before its first wait.
  void Promise.resolve()
    .then(work)
    .then(
      (data) => {
        reply({ ok: true, data });
      },
      (error: unknown) => {
        reply({ ok: false, ...problems.tell(error, 'a message could not be handled', facts) });
      },
    );
}
