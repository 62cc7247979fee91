import {
  bidOf,
  disclosed,
  dueReturns,
  hasRole,
  heldSecurities,
  isListPublished,
  listedBids,
  type LotRun,
  type LotState,
  mayGiveBack,
  own,
  type ReceivedSecurity,
  recordFault,
  returnOf,
  securityAsked,
  type SecurityFinding,
  securityFindings,
  type SecurityForm,
  type SettledSecurity,
  unrecordedSecurities,
  withholdingGroundOf,
} from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';

export const RECORD = 'security.record';
export const RETURN = 'security.return';
export const WITHHOLD = 'security.withhold';
type SecurityCommand = typeof RECORD | typeof RETURN | typeof WITHHOLD;

/** 投标保证金 of one bidder: what came, what it lacks by the tender document, what became of it. */
export interface SecurityRow {
  readonly bidder: string;
  /** Null while nothing is recorded. */
  readonly findings: readonly SecurityFinding[] | null;
  readonly received: ReceivedSecurity | null;
  /** Of the payment or guarantee, for whoever is shown it. */
  readonly number: string | null;
  readonly settled: SettledSecurity | null;
  /** Until when it is to be back; null: no day runs. */
  readonly until: string | null;
  /** Entry that says what came. */
  readonly seq: number | null;
}

/** In the order of the list; none before it is told, or where the tender document asks for none. */
export const securityRows = (state: LotState): readonly SecurityRow[] =>
  securityAsked(state) === null
    ? []
    : listedBids(state).map(({ bidder }) => {
        const recorded = own(state.security.recorded, bidder);
        const number = recorded === undefined ? undefined : disclosed(state, recorded.seq, 'x:number');
        const settled = own(state.security.settled, bidder) ?? null;
        return {
          bidder,
          findings: securityFindings(state, bidder),
          received: recorded?.received ?? null,
          number: typeof number === 'string' ? number : null,
          settled,
          until: settled === null && recorded?.received != null ? (returnOf(state, bidder)?.until ?? null) : null,
          seq: recorded?.seq ?? null,
        };
      });

/** What one of these parties may do now, and about whom. */
export interface SecurityAct {
  readonly party: string;
  readonly command: SecurityCommand;
  readonly bidders: readonly string[];
}

export function securityActs(run: LotRun, mine: readonly string[]): readonly SecurityAct[] {
  const { state } = run;
  const isOpen = state.status === 'OPENING' || state.status === 'LOT_FAILED';
  if (securityAsked(state) === null || !isListPublished(state)) return [];
  const open = unrecordedSecurities(state);
  const known = listedBids(state).flatMap(({ bidder }) => (open.includes(bidder) ? [] : [bidder]));
  // Whoever is not recorded yet stands first; a later word corrects an earlier one.
  const recordable = isOpen ? [...open, ...known].filter((bidder) => recordFault(state, bidder) === null) : [];
  const due = dueReturns(state).map(({ bidder }) => bidder);
  const kept = heldSecurities(state).filter((bidder) => withholdingGroundOf(state, bidder) !== null);
  return mine
    .flatMap((party): SecurityAct[] => [
      { party, command: RECORD, bidders: hasRole(state, party, 'agency') ? recordable : [] },
      { party, command: RETURN, bidders: due.filter((bidder) => mayGiveBack(state, party, bidder)) },
      { party, command: WITHHOLD, bidders: hasRole(state, party, 'tenderer') ? kept : [] },
    ])
    .filter(({ command, bidders }) => bidders.length > 0 && run.takes(command));
}

/** The form as it stands; texts until they are found good. */
export interface SecurityInput {
  readonly bidder: string;
  /** Empty: nothing came. */
  readonly form: SecurityForm | '';
  readonly amount: string;
  readonly number: string;
  /** Wire instant; empty for what is none. */
  readonly at: string;
  readonly interest: string;
}

/** What is signed; null while the form is not whole. */
export function securityAct(state: LotState, command: SecurityCommand, input: SecurityInput): Act | null {
  const { bidder, form, at } = input;
  const [amount, number, interest] = [input.amount.trim(), input.number.trim(), input.interest.trim()];
  if (bidOf(state, bidder) === undefined) return null;
  if (command === WITHHOLD) return { type: command, payload: { bidder } };
  if (command === RECORD && form === '') return { type: command, payload: { bidder, received: null } };
  if (at === '') return null;
  if (command === RETURN) return interest === '' ? null : { type: command, payload: { bidder, interest, returnedAt: at } };
  if (amount === '' || number === '') return null;
  return { type: command, payload: { bidder, received: { form, amount, receivedAt: at } }, secrets: { number } };
}
