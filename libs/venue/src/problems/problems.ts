import { ERROR_CODES } from '@app/contracts';
import type { Ids, Logger } from '@app/platform';
import { problemOf, type KnownProblem } from './problem.js';
import type { SecurityLog } from './security-log.js';

/** Makes the problem that a failure is told as, at every edge: an HTTP answer, an ack, a refused handshake. */
export class Problems {
  constructor(
    private readonly logger: Pick<Logger, 'error'>,
    private readonly ids: Ids,
    private readonly security: Pick<SecurityLog, 'refused'> | null = null,
  ) {}

  /**
   * What the other end is told, with a request id of its own. A failure that has no documented code is told as INTERNAL and goes
   * to the log as `what`, beside that id and `facts`: a stranger learns nothing of it, an operator finds it by the id.
   */
  tell(error: unknown, what: string, facts: Readonly<Record<string, unknown>> = {}): KnownProblem {
    const requestId = this.ids.next();
    const known = problemOf(error, requestId);
    if (known !== null) {
      this.security?.refused(known.code, { requestId, ...facts });
      return known;
    }
    this.logger.error({ err: error, requestId, ...facts }, what);
    return { code: 'INTERNAL', message: ERROR_CODES.INTERNAL, requestId };
  }

  /** A failure that nobody waits for: it goes to the log as `what`, beside `facts`. */
  note(error: unknown, what: string, facts: Readonly<Record<string, unknown>> = {}): void {
    this.logger.error({ err: error, ...facts }, what);
  }
}
