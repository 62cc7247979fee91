import { awardOf, expiryOf, type LotRun, type LotState, openedBidders, validityOf } from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';
import { EXPIRED_REASON } from '../commands/reasons.js';

export const ASK = 'award.ask-validity';
export const EXTEND = 'award.extend-validity';
export const PASS_OVER = 'award.pass-over';

/** Until when one bid binds its bidder (投标有效期). */
export interface ValidityRow {
  readonly bidder: string;
  /** Wire instant. */
  readonly until: string;
  /** The bidder agreed to this end. */
  readonly isExtended: boolean;
  readonly isOver: boolean;
  /** Entry that says so. */
  readonly seq: number;
}

/** The later of the record's time and the venue's clock, by the minute: a lot in which nothing happens grows older all the same. */
export function nowIn(state: LotState, clockMs: number): string {
  const clock = new Date(Math.floor(clockMs / MINUTE_MS) * MINUTE_MS).toISOString();
  return state.at !== null && state.at > clock ? state.at : clock;
}
const MINUTE_MS = 60_000;

/** Bids that were opened, in the order of their ends. Ends that this reader is not shown are left out. */
export const validityRows = (state: LotState, now: string): readonly ValidityRow[] =>
  openedBidders(state)
    .flatMap((bidder): ValidityRow[] => {
      const validity = validityOf(state, bidder);
      if (validity === null) return [];
      const { at: until, seq } = validity;
      return [{ bidder, until, isExtended: Object.hasOwn(state.award.validity, bidder), isOver: now >= until, seq }];
    })
    .sort((a, b) => (a.until === b.until ? (a.bidder < b.bidder ? -1 : 1) : a.until < b.until ? -1 : 1));

/** What one of these parties may do about it now: the owner asks, a bidder whose bid binds agrees, the tenderer passes over. */
export type ValidityAct = { readonly party: string; readonly command: typeof ASK | typeof EXTEND | typeof PASS_OVER };

export function validityActs(run: LotRun, mine: readonly string[], now: string): readonly ValidityAct[] {
  const { state } = run;
  if (state.award.announced !== null) return [];
  const rows = validityRows(state, now);
  const open = rows.filter(({ isOver }) => !isOver);
  const has = (party: string, ...roles: readonly string[]): boolean =>
    state.parties[party]?.roles.some((role) => roles.includes(role)) === true;
  const winner = awardOf(state)?.winner;
  return mine
    .flatMap((party): ValidityAct[] => [
      ...(has(party, 'tenderer', 'agency') && open.length > 0 ? [{ party, command: ASK } as const] : []),
      ...(open.some(({ bidder }) => bidder === party) ? [{ party, command: EXTEND } as const] : []),
      ...(has(party, 'tenderer') && winner !== undefined && expiryOf(state, winner, now) !== null
        ? [{ party, command: PASS_OVER } as const]
        : []),
    ])
    .filter(({ command }) => run.takes(command));
}

/** The end of this day in China (24:00) as a wire instant; null for what is no day. */
export function endOfDay(day: string): string | null {
  const ms = Date.parse(`${day}T00:00:00+08:00`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(ms) ? new Date(ms + 86_400_000).toISOString() : null;
}

/** What is signed; null while the form is not whole. */
export function validityAct(command: ValidityAct['command'], day: string, reason: string): Act | null {
  if (command === PASS_OVER) return { type: PASS_OVER, payload: { cause: 'INVALID_VALIDITY', reason: EXPIRED_REASON } };
  const until = endOfDay(day);
  if (until === null || (command === ASK && reason === '')) return null;
  return { type: command, payload: command === ASK ? { until, reason } : { until } };
}
