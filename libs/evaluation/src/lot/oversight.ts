import type { LotEvent } from '@app/contracts';
import { zText } from '../kernel/fields.js';
import { accept, command, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { LOT_STATUSES } from '../kernel/status.js';
import { FINAL_STATUSES, RUNNING_STATUSES } from '../kernel/transitions.js';
import { ownersAudience } from './audience.js';
import { erasureFault } from './erasure.js';
import { resumed } from './fate.js';
import { isEvidencePreserved } from './selectors.js';
import * as commands from './commands.js';

/** The supervision authority and the witness (domain.md §2.3): they record and order, they change no merit. */
export const oversightCommands = {
  'lot.give-opinion': command({
    schema: commands.zOpinion,
    roles: ['supervisor'],
    states: LOT_STATUSES,
    assurance: 'session',
    decide: (_state, { id, payload, party }, { at }): Decision => accept([{ type: 'lot.opinion-given', id, by: party, at, ...payload }]),
  }),
  'lot.acknowledge-opinion': command({
    schema: commands.zAcknowledge,
    roles: ['tenderer', 'agency', 'witness'],
    states: LOT_STATUSES,
    assurance: 'session',
    decide: (state, { payload: { opinion: id, reply }, party }, { at }): Decision => {
      const opinion = state.setup.opinions.find((known) => known.id === id);
      if (opinion === undefined) return refuse('NOT_FOUND', 'no such opinion');
      if (opinion.acknowledgedBy !== null) return refuse('E_ALREADY_DONE', `${opinion.acknowledgedBy} has acknowledged it`);
      return accept([{ type: 'lot.opinion-acknowledged', id, by: party, at, reply }]);
    },
  }),
  'lot.order': command({
    schema: commands.zOrder,
    roles: ['supervisor'],
    states: LOT_STATUSES.filter((status) => status !== 'DRAFT'),
    assurance: 'certificate',
    // 电子招标投标办法 52: the platform must do what the authority orders.
    decide: (state, { id, payload, party }, { at }): Decision => {
      const { kind, reason } = payload;
      const order: LotEvent = { type: 'lot.order-given', id, by: party, at, ...payload };
      if (payload.fault !== null && kind !== 'TOLERATE_FAULT') return refuse('E_INPUT', 'fault: only TOLERATE_FAULT names one');
      const isSuspended = state.status === 'SUSPENDED';
      switch (kind) {
        case 'PAUSE':
          if (isSuspended) return refuse('E_ALREADY_DONE', 'the lot is suspended');
          if (!RUNNING_STATUSES.includes(state.status)) return refuse('WRONG_STATE', 'the lot is over: nothing of it can be stopped');
          return accept([order, { type: 'lot.suspended', at, by: party, cause: 'SUPERVISION_ORDER', reason }]);
        case 'RESUME': {
          if (!isSuspended) return refuse('WRONG_STATE', 'the lot is not suspended');
          const back = resumed(state, at, null);
          return back.ok ? accept([order, ...back.events]) : back;
        }
        case 'PRESERVE_EVIDENCE':
          return isEvidencePreserved(state) ? refuse('E_ALREADY_DONE', 'evidence is preserved by an earlier order') : accept([order]);
        case 'RELEASE_EVIDENCE':
          return isEvidencePreserved(state) ? accept([order]) : refuse('WRONG_STATE', 'no order preserves evidence');
        case 'TOLERATE_FAULT': {
          const refused = tolerationFault(state, payload.fault);
          return refused ?? accept([order]);
        }
        default:
          return accept([order]);
      }
    },
  }),
  'lot.record-fact': command({
    schema: commands.zWitnessFact,
    secrets: { text: zText },
    roles: ['witness'],
    states: [...RUNNING_STATUSES, 'SUSPENDED'],
    assurance: 'session',
    audience: { 'x:text': ownersAudience },
    decide: (state, { payload: { kind, about }, party }, { at }): Decision =>
      about !== null && own(state.parties, about) === undefined
        ? refuse('E_INPUT', 'about: no such party')
        : accept([{ type: 'lot.fact-recorded', at, by: party, kind, about }]),
  }),
  'lot.change-engine': command({
    schema: commands.zChangeEngine,
    // The rules under which people compete do not change at the operator's wish: the authority orders it, on the record.
    roles: ['supervisor'],
    states: [...RUNNING_STATUSES, 'SUSPENDED'],
    assurance: 'certificate',
    decide: (state, { payload: { engine: to, reason }, party }, { at, engine }): Decision => {
      const from = state.setup.engine;
      if (to !== engine) return refuse('ENGINE_UNKNOWN', `${engine} decides here and cannot speak for ${to}`);
      if (to === from) return refuse('E_ALREADY_DONE', `the lot runs under ${from}`);
      return accept([{ type: 'lot.engine-changed', at, by: party, from, to, reason }]);
    },
  }),
  'lot.erase-parts': command({
    schema: commands.zEraseParts,
    roles: ['supervisor'],
    // Nothing can be decided in these any more that a signature would have to prove; before, evidence outweighs erasure.
    states: FINAL_STATUSES,
    assurance: 'certificate',
    // 个人信息保护法 47: erased when the purpose is reached or the period of retention is over.
    decide: (state, { payload, party }, { at }): Decision => {
      const fault = erasureFault(state, payload.parts);
      return fault === null ? accept([{ type: 'lot.parts-erased', at, by: party, ...payload }]) : refuse(fault.code, fault.message);
    },
  }),
} as const;

/**
 * Witnesses and keepers stop at the first fault of a log, so that a lie does not pass. So that a bug does not end a lot, the authority may
 * order one fault to be passed, that of one check in one entry before; a verifier's verdict stays FAIL and names the order.
 */
function tolerationFault(state: LotState, fault: commands.JudgedFault | null): Refused | null {
  if (fault === null) return refuse('E_INPUT', 'fault: name the entry and the check that fails there');
  if (fault.entry >= state.size) return refuse('E_INPUT', `fault.entry: the log has no entry ${String(fault.entry)} before this order`);
  const isTolerated = state.setup.orders.some(({ fault: known }) => known?.entry === fault.entry && known.check === fault.check);
  return isTolerated ? refuse('E_ALREADY_DONE', 'an earlier order tolerates this fault') : null;
}
