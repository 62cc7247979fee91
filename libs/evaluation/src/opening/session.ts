import type { LotEvent } from '@app/contracts';
import { openDocumentObjections, toldList } from '../bidding/index.js';
import { bindingAudience, everybody } from '../lot/index.js';
import { addMs } from '../law/calendar.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { own } from '../kernel/state.js';
import { zNothing } from '../kernel/fields.js';
import { atStep } from './guards.js';
import * as commands from './commands.js';

/** Start, list, sign-in, pauses: what the host runs (domain.md §6.1). */
export const sessionCommands = {
  'opening.start': command({
    schema: zNothing,
    roles: ['agency'],
    states: ['SUBMISSION_CLOSED'],
    assurance: 'certificate',
    // 招标投标法 34, 87号令 39: at the time that is the deadline. With fewer than three bids the lock has failed the lot (B-018).
    decide: (state, { party }, { at }): Decision => {
      // 条例 22: before the answer the tender is suspended. Bids stay sealed as they are, and are opened after it.
      if (openDocumentObjections(state).length > 0)
        return refuse('E_OBJECTION_OPEN', 'an objection to the tender document is not answered: answer it, then open the bids');
      return accept([{ type: 'opening.started', at, host: party }]);
    },
  }),
  'opening.sign-in': command({
    schema: zNothing,
    roles: ['bidder', 'tenderer', 'agency', 'witness', 'supervisor'],
    states: ['SUBMISSION_CLOSED', 'OPENING'],
    assurance: 'session',
    // A-106; a bidder who comes late or not at all loses nothing by it (87号令 42).
    decide: (state, { party }, { at }): Decision => {
      if (own(state.opening.signedIn, party) !== undefined) return refuse('E_ALREADY_DONE', 'you are signed in');
      return accept([{ type: 'opening.signed-in', at, party }]);
    },
  }),
  'opening.publish-list': command({
    schema: zNothing,
    roles: ['agency'],
    states: ['OPENING'],
    assurance: 'session',
    audience: { 'd:act:*': everybody, 'd:binding:*': bindingAudience },
    // 电子招标投标办法 21, 29: names and number only now; from here on bidders are parties and sign in.
    decide: atStep(['STARTED'], (state, _asked, { at }): Decision => {
      const told = toldList(state, at);
      return told === null
        ? refuse('NOT_VISIBLE', 'the list that the lock sealed is not given to whoever asks')
        : accept([...told.events, { type: 'opening.list-published', at, bidders: [...told.bidders] }], told.derived);
    }),
  }),
  'opening.pause': command({
    schema: commands.zPause,
    roles: ['agency', 'supervisor', 'node'],
    states: ['OPENING'],
    assurance: 'session',
    decide: (state, { payload, party }, { at }): Decision =>
      state.opening.paused === null
        ? accept([{ type: 'opening.paused', at, by: party, reason: payload.reason }])
        : refuse('E_ALREADY_DONE', 'the session is paused'),
  }),
  'opening.resume': command({
    schema: zNothing,
    roles: ['agency', 'supervisor'],
    states: ['OPENING'],
    assurance: 'session',
    // domain.md §6.3: time lost is added to every window; nobody is penalised.
    decide: (state, _asked, { at }): Decision => {
      const { paused } = state.opening;
      if (paused === null) return refuse('WRONG_STEP', 'the session is not paused');
      return accept([{ type: 'opening.resumed', at, lostMs: Math.max(0, Date.parse(at) - Date.parse(paused.at)) }]);
    },
  }),
  'opening.extend-window': command({
    schema: commands.zExtendWindow,
    roles: ['agency', 'supervisor'],
    states: ['OPENING'],
    assurance: 'session',
    decide: atStep(['DECRYPTING', 'CONFIRMING'], (state, { payload: { seconds, reason } }, { at }): Decision => {
      const until = state.opening.step === 'CONFIRMING' ? state.opening.confirmUntil : state.opening.decryptUntil;
      if (until === null || at >= until) return refuse('E_DEADLINE_PASSED', 'the window is over');
      const extended: LotEvent = { type: 'opening.window-extended', at, until: addMs(until, seconds * 1_000), reason };
      return accept([extended]);
    }),
  }),
} as const;
