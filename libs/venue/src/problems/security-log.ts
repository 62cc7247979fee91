import type { Answer, ErrorCode, SignedCommand } from '@app/contracts';
import type { Clock, Logger } from '@app/platform';

/** Refusals that whoever tries the doors meets: of log-ins, acts, sites' hellos, mirrors and rates. */
const EVENTS: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_SIGNATURE',
  'CERT_UNKNOWN',
  'CERT_EXPIRED',
  'CERT_REVOKED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NO_PART',
  'NOT_SEATED',
  'ASSURANCE',
  'WRONG_LOG',
  'ID_REUSED',
  'E_SEAT_MISMATCH',
  'RATE_LIMITED',
]);
/** Of one code: whoever floods a door does not fill the disk as well. What is beyond is counted. */
const LINES_PER_MINUTE_MAX = 60;
const MINUTE_MS = 60_000;

interface Minute {
  readonly startMs: number;
  lines: number;
  unwritten: number;
}

/**
 * Security events for the operator's alarm (SEC-28): lines at level `warn` whose field `security` is the code. Facts name where and who,
 * never what was sent.
 */
export class SecurityLog {
  readonly #minutes = new Map<string, Minute>();

  constructor(
    private readonly logger: Pick<Logger, 'warn'>,
    private readonly clock: Pick<Clock, 'nowMs'>,
  ) {}

  /** Writes a refusal that is a security event; others are left alone. */
  refused(code: string, facts: Readonly<Record<string, unknown>>): void {
    if (EVENTS.has(code)) this.#write(code, facts, 'security: refused');
  }

  /** Writes what nobody was refused for: something that this venue found by looking. */
  found(code: ErrorCode, facts: Readonly<Record<string, unknown>>): void {
    this.#write(code, facts, 'security: found');
  }

  #write(code: string, facts: Readonly<Record<string, unknown>>, message: string): void {
    const minute = this.#minute(code);
    if (minute.lines >= LINES_PER_MINUTE_MAX) {
      minute.unwritten += 1;
      return;
    }
    minute.lines += 1;
    this.logger.warn({ security: code, ...facts }, message);
  }

  /** A refused act is answered like any other, so no problem tells of it. */
  answered({ command }: Partial<SignedCommand>, { outcome }: Answer, facts: Readonly<Record<string, unknown>> = {}): void {
    if (outcome.ok) return;
    const { type, lot, actor } = command ?? {};
    this.refused(outcome.code, { ...facts, command: outcome.id, type, lot, party: actor?.party });
  }

  /** The minute that runs; the one before says first what it left out. */
  #minute(code: string): Minute {
    const nowMs = this.clock.nowMs();
    const known = this.#minutes.get(code);
    if (known !== undefined && nowMs < known.startMs + MINUTE_MS) return known;
    if (known !== undefined && known.unwritten > 0)
      this.logger.warn({ security: code, unwritten: known.unwritten }, 'security: more were refused than were written');
    const fresh = { startMs: nowMs, lines: 0, unwritten: 0 };
    this.#minutes.set(code, fresh);
    return fresh;
  }
}
