import type { Context } from '@app/contracts';
import { bidOf } from '../bidding/index.js';
import { decimal } from '../kernel/decimal.js';
import type { Of } from '../kernel/fields.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { numberAudience } from './audience.js';
import * as commands from './commands.js';
import { mayGiveBack, recordFault, returnOf, securityAsked, withholdingGroundOf } from './selectors.js';

/** what came of each bidder's security, told by whoever keeps the account. A later word replaces an earlier one. */
function record(state: LotState, { party, payload, secrets }: Of<typeof commands.zRecordSecurity>, { at }: Context): Decision {
  const { bidder, received } = payload;
  if (securityAsked(state) === null) return refuse('WRONG_STATE', 'the tender document asks for no bid security');
  const fault = recordFault(state, bidder);
  if (fault !== null) return refuse('WRONG_STEP', fault);
  if (bidOf(state, bidder) === undefined) return refuse('NOT_FOUND', `${bidder} is not on the list`);
  // Whether the number is there shows in what the command commits to: a judge need not read it.
  const isNumbered = own(secrets, 'number') !== undefined;
  if (isNumbered !== (received !== null))
    return refuse(
      'E_INPUT',
      `secrets.number: ${isNumbered ? 'nothing was received' : 'the number of the payment or guarantee is missing'}`,
    );
  if (received !== null && received.receivedAt > at) return refuse('E_INPUT', 'received.receivedAt: lies in the future');
  return accept([{ type: 'security.recorded', at, by: party, bidder, received }]);
}

/** A security that was received and is not settled, or why there is none. */
function held(state: LotState, bidder: string): { readonly ok: true; readonly received: commands.ReceivedSecurity } | Decision {
  const received = own(state.security.recorded, bidder)?.received ?? null;
  if (received === null) return refuse('NOT_FOUND', `no security of ${bidder} was received`);
  return own(state.security.settled, bidder) === undefined ? { ok: true, received } : refuse('E_ALREADY_DONE', 'it is settled');
}

/** A-105, B-047: the security went back, with the bank's interest. */
function giveBack(state: LotState, { party, payload }: Of<typeof commands.zReturnSecurity>, { at }: Context): Decision {
  const { bidder, interest, returnedAt } = payload;
  const found = held(state, bidder);
  if (!('received' in found)) return found;
  const { form, amount } = found.received;
  const due = returnOf(state, bidder);
  if (due === null) return refuse('E_TOO_EARLY', 'a security secures the bid until the award, and that of the winner until the contract');
  if (form !== 'TRANSFER' && !decimal(interest).isZero()) return refuse('E_INPUT', 'interest: a guarantee bears none');
  if (returnedAt > at) return refuse('E_INPUT', 'returnedAt: lies in the future');
  const { at: recordedAt = '' } = own(state.security.recorded, bidder) ?? {};
  if (returnedAt < recordedAt) return refuse('E_INPUT', 'returnedAt: lies before the record of what was received');
  if (!mayGiveBack(state, party, bidder)) return refuse('FORBIDDEN', 'the tenderer decides whether a security goes back that may be kept');
  const late = due.until !== null && returnedAt > due.until;
  return accept([{ type: 'security.returned', at, by: party, bidder, amount, interest, returnedAt, late }]);
}

function withhold(state: LotState, { party, payload: { bidder } }: Of<typeof commands.zWithholdSecurity>, { at }: Context): Decision {
  const found = held(state, bidder);
  if (!('received' in found)) return found;
  const ground = withholdingGroundOf(state, bidder);
  if (ground === null)
    return refuse('E_NO_EVIDENCE', 'nothing on the record lets the tenderer keep it: the bid stands revoked in no entry');
  return accept([{ type: 'security.withheld', at, by: party, bidder, ground }]);
}

export const securityCommands = {
  'security.record': command({
    schema: commands.zRecordSecurity,
    secrets: { number: commands.zSecurityNumber.optional() },
    roles: ['agency'],
    // What came for a lot that failed in its opening is to be returned, too.
    states: ['OPENING', 'LOT_FAILED'],
    assurance: 'session',
    decide: record,
    makes: ['security.recorded'],
    audience: { 'x:number': numberAudience },
  }),
  'security.return': command({
    schema: commands.zReturnSecurity,
    roles: ['agency', 'tenderer'],
    states: ['AWARDED', 'CONTRACTED', 'LOT_FAILED'],
    assurance: 'certificate',
    decide: giveBack,
  }),
  'security.withhold': command({
    schema: commands.zWithholdSecurity,
    roles: ['tenderer'],
    states: ['AWARDING', 'AWARDED', 'CONTRACTED', 'LOT_FAILED'],
    assurance: 'certificate',
    decide: withhold,
  }),
} as const;
