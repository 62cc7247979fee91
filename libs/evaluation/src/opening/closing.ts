import { canonicalText } from '@app/contracts';
import { limitOf, profileFor } from '../lot/index.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { hasRole, own, partiesWith } from '../kernel/state.js';
import { zNothing } from '../kernel/fields.js';
import { pricesAudience } from './audience.js';
import { atStep } from './guards.js';
import { openingRecord } from './record.js';
import { openedBidders } from './selectors.js';
import { unrecordedSecurities } from '../security/index.js';
import * as commands from './commands.js';

const PRESENT = ['bidder', 'tenderer', 'agency', 'witness'] as const;

/** Reading out, confirmation, objections answered on the spot, the record and its signatures. */
export const closingCommands = {
  'opening.read-out': command({
    schema: zNothing,
    roles: ['agency'],
    states: ['OPENING'],
    assurance: 'session',
    // 招标投标法 36: names, prices and what else the document sets are read out; the window to confirm starts.
    decide: atStep(['READ_OUT'], (state, _asked, { at }): Decision => {
      // whether the security that the document asks for is there is read out with the rest.
      const [silent] = unrecordedSecurities(state);
      if (silent !== undefined) return refuse('E_STEP_BARRIER', `it is not recorded whether the bid security of ${silent} was received`);
      return accept([{ type: 'opening.read-out', at, until: limitOf(state, 'openingConfirmation', at) ?? at }]);
    }),
  }),
  'opening.confirm': command({
    schema: zNothing,
    roles: ['bidder'],
    states: ['OPENING'],
    assurance: 'session',
    decide: atStep(['CONFIRMING'], (state, { party }, { at }): Decision => {
      if (own(state.opening.confirmations, party) !== undefined) return refuse('E_ALREADY_DONE', 'you have confirmed');
      return accept([{ type: 'opening.confirmed', at, party }]);
    }),
  }),
  'opening.object': command({
    schema: commands.zObject,
    roles: ['bidder'],
    states: ['OPENING'],
    assurance: 'session',
    // 条例 44: raised on the spot; later it goes another way, never into the record.
    decide: atStep(['CONFIRMING'], (state, { id, party, payload: { text } }, { at }): Decision => {
      const { confirmUntil } = state.opening;
      if (confirmUntil !== null && at >= confirmUntil)
        return refuse('E_DEADLINE_PASSED', 'the window for objections at the opening is over');
      return accept([{ type: 'opening.objected', at, id, party, text }]);
    }),
  }),
  'opening.reply': command({
    schema: commands.zReply,
    roles: ['agency', 'tenderer'],
    states: ['OPENING'],
    assurance: 'session',
    decide: atStep(['CONFIRMING'], (state, { payload: { objection: id, text } }, { at }): Decision => {
      const objection = state.opening.objections.find((known) => known.id === id);
      if (objection === undefined) return refuse('NOT_FOUND', 'no such objection');
      if (objection.reply !== null) return refuse('E_ALREADY_DONE', 'it is answered');
      return accept([{ type: 'opening.replied', at, id, text }]);
    }),
  }),
  'opening.make-record': command({
    schema: zNothing,
    roles: ['agency', 'node'],
    states: ['OPENING'],
    assurance: 'session',
    audience: { 'd:record': pricesAudience },
    decide: atStep(['CONFIRMING'], (state, _asked, { at }): Decision => {
      const { confirmUntil, confirmations, objections } = state.opening;
      // 条例 44: answered on the spot.
      if (objections.some(({ reply }) => reply === null)) return refuse('E_OBJECTION_OPEN', 'an objection is not answered');
      const silent = openedBidders(state).filter((bidder) => own(confirmations, bidder) === undefined);
      // Silence through the whole window is no objection.
      if (silent.length > 0 && confirmUntil !== null && at < confirmUntil)
        return refuse('E_TOO_EARLY', `${silent.join(', ')} may still object`);
      const record = openingRecord(state);
      return accept([{ type: 'opening.record-made', at, hash: profileFor(state).hashHex(canonicalText(record)) }], { record });
    }),
  }),
  'opening.sign-record': command({
    schema: commands.zSignRecord,
    roles: PRESENT,
    states: ['OPENING'],
    assurance: 'certificate',
    // A-114, B-017: bidders see and sign the record.
    decide: atStep(['RECORD_MADE'], (state, { party, payload: { record } }, { at }): Decision => {
      if (record !== state.opening.record?.hash) return refuse('E_REPORT_HASH_CHANGED', 'this is not the record of this opening');
      if (own(state.opening.recordSignatures, party) !== undefined) return refuse('E_ALREADY_DONE', 'you have signed');
      return accept([{ type: 'opening.record-signed', at, party }]);
    }),
  }),
  'opening.close': command({
    schema: zNothing,
    roles: ['agency'],
    states: ['OPENING'],
    assurance: 'session',
    decide: atStep(['RECORD_MADE'], (state, _asked, { at }): Decision => {
      const due = partiesWith(state, 'agency').find((party) => own(state.opening.recordSignatures, party) === undefined);
      if (due !== undefined) return refuse('E_STEP_BARRIER', `${due} has not signed the record`);
      const witnesses = partiesWith(state, 'witness').filter((party) => own(state.opening.signedIn, party) !== undefined);
      const silent = witnesses.find(
        (party) => !Object.keys(state.opening.recordSignatures).includes(party) && hasRole(state, party, 'witness'),
      );
      // A witness who attended attests; bidders may sign, absence and silence acknowledge (87号令 42).
      if (silent !== undefined) return refuse('E_STEP_BARRIER', `${silent} attended and has not signed the record`);
      return accept([{ type: 'opening.closed', at }]);
    }),
  }),
} as const;
