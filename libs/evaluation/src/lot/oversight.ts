import type { LotEvent } from '@app/contracts';
import { zText } from '../kernel/fields.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { own } from '../kernel/state.js';
import { LOT_STATUSES } from '../kernel/status.js';
import { FINAL_STATUSES, RUNNING_STATUSES } from '../kernel/transitions.js';
import { ownersAudience } from './audience.js';
import { erasureFault } from './erasure.js';
import { resumed } from './fate.js';
import { orderFault, tolerationFault } from './orders.js';
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
      const refused = orderFault(state, kind) ?? (kind === 'TOLERATE_FAULT' ? tolerationFault(state, payload.fault) : null);
      if (refused !== null) return refused;
      if (kind === 'PAUSE') return accept([order, { type: 'lot.suspended', at, by: party, cause: 'SUPERVISION_ORDER', reason }]);
      if (kind !== 'RESUME') return accept([order]);
      const back = resumed(state, at, null);
      return back.ok ? accept([order, ...back.events]) : back;
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
