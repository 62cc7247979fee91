import { accept, command, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { bidAt, bidFailed, corrupt, outerBox } from './failing.js';
import { atStep } from './guards.js';
import type { Finding, OpeningStep } from './state.js';
import * as commands from './commands.js';

/** Steps in which a window to decrypt can be over, and the record is not made. */
const AFTER_THE_WINDOW: readonly OpeningStep[] = ['DECRYPTING', 'COEFFICIENT_DRAW', 'READ_OUT', 'CONFIRMING'];

/**
 * What ends a bid's chance at the opening besides a window that passes (domain.md §6.3, §14.1): a fault that its bytes show to whoever
 * opens them again, or what a person finds when the window is over and another person signs too. Another's fault while the window runs
 * pauses the session and lengthens it for all; nobody is penalised, and no sentence of one party throws a bid out.
 */
export const excludingCommands = {
  'opening.fail-bid': command({
    schema: commands.zFailBid,
    roles: ['node'],
    states: ['OPENING'],
    assurance: 'node',
    decide: atStep(['LIST_PUBLISHED', 'DECRYPTING'], (state, { party, payload: { bid } }, { at, facts }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue opens bids');
      const due = bidAt(state, bid, ['LOCKED', 'DECRYPTED']);
      if ('ok' in due) return due;
      const box = outerBox(state, bid);
      if ('ok' in box) return box;
      if (box.fault !== null) return refuse('E_BOX_INVALID', 'the box is INVALID: extract it');
      const read = commands.zFileFault.safeParse(facts['fault']);
      if (!read.success) return refuse('E_INPUT', `facts.fault.${firstIssue(read.error)}`);
      const { code, message } = read.data;
      const shown: readonly string[] = due.status === 'LOCKED' ? commands.OUTER_FAULTS : commands.INNER_FAULTS;
      if (!shown.includes(code)) return refuse('E_INPUT', `facts.fault.code: nobody can see ${code} of a bid that is ${due.status}`);
      return accept([bidFailed(at, bid, corrupt(`${code}: ${message}`))]);
    }),
  }),
  'opening.record-finding': command({
    schema: commands.zRecordFinding,
    roles: ['agency'],
    states: ['OPENING'],
    assurance: 'certificate',
    decide: atStep(AFTER_THE_WINDOW, (state, { id, party, payload: { bid, ...finding } }, { at }): Decision => {
      const standing = own(state.opening.findings, bid)?.countersignedBy ?? null;
      if (standing !== null) return refuse('E_ALREADY_DONE', `what ${standing} countersigned stands`);
      const fault = findingFault(state, { bid, ...finding }, at);
      return fault ?? accept([{ type: 'opening.finding-recorded', at, by: party, id, bid, ...finding }]);
    }),
  }),
  'opening.countersign-finding': command({
    schema: commands.zCountersign,
    roles: ['witness', 'supervisor'],
    states: ['OPENING'],
    assurance: 'certificate',
    decide: atStep(AFTER_THE_WINDOW, (state, { party, payload: { finding: id } }, { at }): Decision => {
      const found = Object.values(state.opening.findings).find((known) => known.id === id);
      if (found === undefined) return refuse('NOT_FOUND', 'no such finding, or another one has taken its place');
      if (found.countersignedBy !== null) return refuse('E_ALREADY_DONE', 'it is countersigned');
      const fault = findingFault(state, found, at);
      return fault ?? accept([{ type: 'opening.finding-countersigned', at, bid: found.bid, party }, bidFailed(at, found.bid, found)]);
    }),
  }),
} as const;

/** Null when people may find this of the bid now. */
function findingFault(state: LotState, { bid, fault }: Pick<Finding, 'bid' | 'fault'>, at: string): Refused | null {
  const { step, decryptUntil, bids } = state.opening;
  const opened = own(bids, bid);
  if (opened === undefined) return refuse('NOT_FOUND', 'no such bid');
  if (opened.status === 'OPENED') return refuse('E_ALREADY_DONE', 'the bid is opened');
  if (opened.result === 'FILE_CORRUPT') return refuse('E_ALREADY_DONE', 'its bytes show what is wrong with it');
  if (step === 'DECRYPTING' && (decryptUntil === null || at < decryptUntil))
    return refuse(
      'E_TOO_EARLY',
      'the window to decrypt is not over; for the fault of another the session is paused and the window extended',
    );
  // Whoever waits for the platform, or has decrypted, has done what is his.
  if ((opened.status === 'LOCKED' || opened.status === 'DECRYPTED') && fault === 'BIDDER')
    return refuse('FORBIDDEN', `the bid is ${opened.status}: what is missing the bidder does not owe`);
  return null;
}
