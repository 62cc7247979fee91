import { refuse, type Refused } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { RUNNING_STATUSES } from '../kernel/transitions.js';
import type { JudgedFault, OrderKind } from './commands.js';
import { isEvidencePreserved } from './selectors.js';

/** Why an order of this kind cannot be given while the lot stands so; null: it can. What it names is looked at when it is given. */
export function orderFault(state: LotState, kind: OrderKind): Refused | null {
  const isSuspended = state.status === 'SUSPENDED';
  switch (kind) {
    case 'PAUSE':
      if (isSuspended) return refuse('E_ALREADY_DONE', 'the lot is suspended');
      return RUNNING_STATUSES.includes(state.status) ? null : refuse('WRONG_STATE', 'the lot is over: nothing of it can be stopped');
    case 'RESUME':
      return isSuspended ? null : refuse('WRONG_STATE', 'the lot is not suspended');
    case 'PRESERVE_EVIDENCE':
      return isEvidencePreserved(state) ? refuse('E_ALREADY_DONE', 'evidence is preserved by an earlier order') : null;
    case 'RELEASE_EVIDENCE':
      return isEvidencePreserved(state) ? null : refuse('WRONG_STATE', 'no order preserves evidence');
    default:
      return null;
  }
}

/** Has an earlier order let this fault pass? */
export const isTolerated = ({ setup: { orders } }: LotState, { entry, check }: JudgedFault): boolean =>
  orders.some(({ fault }) => fault?.entry === entry && fault.check === check);

/**
 * Witnesses and keepers stop at the first fault of a log, so that a lie does not pass. So that a bug does not end a lot, the authority may
 * order one fault to be passed, that of one check in one entry before; a verifier's verdict stays FAIL and names the order.
 */
export function tolerationFault(state: LotState, fault: JudgedFault | null): Refused | null {
  if (fault === null) return refuse('E_INPUT', 'fault: name the entry and the check that fails there');
  if (fault.entry >= state.size) return refuse('E_INPUT', `fault.entry: the log has no entry ${String(fault.entry)} before this order`);
  return isTolerated(state, fault) ? refuse('E_ALREADY_DONE', 'an earlier order tolerates this fault') : null;
}
