import { event } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { moveTo, partKey, withFault } from '../kernel/state.js';
import { withTimeLost } from '../opening/evolve.js';
import { RULE_SETS } from '../law/rule-sets.js';
import * as events from './events.js';
import type { SetupState } from './state.js';

const setup = (state: LotState, change: Partial<SetupState>): LotState => ({ ...state, setup: { ...state.setup, ...change } });

const founding = {
  'lot.created': event({
    schema: events.zLotCreated,
    evolve: (state, { type: _, schedule, ...facts }) => setup(state, { ...facts, schedule: { ...schedule, issuedAt: null } }),
  }),
  'lot.revised': event({
    schema: events.zLotRevised,
    evolve: (state, { type: _, schedule, ...facts }) => setup(state, { ...facts, schedule: { ...schedule, issuedAt: null } }),
  }),
  'lot.party-admitted': event({
    schema: events.zPartyAdmitted,
    evolve: (state, { party, roles, venue, seat }, { header: { seq } }) => ({
      ...state,
      parties: { ...state.parties, [party]: { roles, venue, seat, seq } },
    }),
  }),
  'lot.party-retired': event({
    schema: events.zPartyRetired,
    evolve: (state, { party }) => {
      const facts = state.parties[party];
      if (facts === undefined) return withFault(state, `nobody is ${party}`);
      return { ...state, parties: { ...state.parties, [party]: { ...facts, roles: [] } } };
    },
  }),
  'lot.published': event({
    schema: events.zLotPublished,
    evolve: (state, { at, ruleSet: id, ruleSetHash, documentPackage, engine }) => {
      const ruleSet = RULE_SETS.find((known) => known.id === id);
      if (ruleSet === undefined || state.setup.schedule === null) return withFault(state, `no rule set ${id}`);
      const schedule = { ...state.setup.schedule, issuedAt: at };
      return moveTo(setup(state, { publishedAt: at, schedule, ruleSet, ruleSetHash, documentPackage, engine }), 'PUBLISHED');
    },
  }),
  'lot.documents-issued': event({ schema: events.zDocumentsIssued, evolve: (state) => moveTo(state, 'SUBMISSION_OPEN') }),
  'lot.amended': event({
    schema: events.zLotAmended,
    evolve: (state, { number, at, package: hash, summary, deadline }) => {
      if (state.setup.schedule === null) return withFault(state, 'no schedule');
      const amendments = [...state.setup.amendments, { number, at, package: hash, summary }];
      return setup(state, { amendments, schedule: { ...state.setup.schedule, deadline } });
    },
  }),
} as const;

const fate = {
  'lot.suspended': event({
    schema: events.zLotSuspended,
    evolve: (state, { at, by, cause, reason }) => moveTo(setup(state, { suspension: { at, by, cause, reason } }), 'SUSPENDED'),
  }),
  'lot.resumed': event({
    schema: events.zLotResumed,
    evolve: (state, { lostMs, deadline }) => {
      if (state.previous === null || state.setup.schedule === null) return withFault(state, 'the lot is not suspended');
      const schedule = deadline === null ? state.setup.schedule : { ...state.setup.schedule, deadline };
      const running = setup(state, { suspension: null, suspendedMs: state.setup.suspendedMs + lostMs, schedule });
      return moveTo(withTimeLost(running, lostMs), state.previous);
    },
  }),
  'lot.terminated': event({
    schema: events.zLotTerminated,
    evolve: (state, { at, by, reason }) => moveTo(setup(state, { termination: { at, by, reason }, isPublic: true }), 'TERMINATED'),
  }),
  'lot.failed': event({
    schema: events.zLotFailed,
    evolve: (state, { at, reason, explanation }) =>
      moveTo(setup(state, { failure: { at, reason, explanation }, isPublic: true }), 'LOT_FAILED'),
  }),
  'lot.re-evaluation-started': event({
    schema: events.zReEvaluation,
    evolve: (state, { at, ground, reason, committee }) =>
      moveTo(setup(state, { reEvaluations: [...state.setup.reEvaluations, { at, ground, reason, committee }] }), 'RE_EVALUATION'),
  }),
} as const;

const oversight = {
  'lot.opinion-given': event({
    schema: events.zOpinionGiven,
    evolve: (state, { type: _, ...opinion }) =>
      setup(state, { opinions: [...state.setup.opinions, { ...opinion, acknowledgedBy: null, reply: null }] }),
  }),
  'lot.opinion-acknowledged': event({
    schema: events.zOpinionAcknowledged,
    evolve: (state, { id, by, reply }) =>
      setup(state, {
        opinions: state.setup.opinions.map((opinion) => (opinion.id === id ? { ...opinion, acknowledgedBy: by, reply } : opinion)),
      }),
  }),
  'lot.order-given': event({
    schema: events.zOrderGiven,
    evolve: (state, { type: _, ...order }) => setup(state, { orders: [...state.setup.orders, order] }),
  }),
  'lot.fact-recorded': event({
    schema: events.zFactRecorded,
    evolve: (state, { at, by, kind, about }, entry) =>
      setup(state, { facts: [...state.setup.facts, { seq: entry.header.seq, at, by, kind, about }] }),
  }),
  'lot.parts-erased': event({
    schema: events.zPartsErased,
    evolve: (state, { parts }, { header: { seq: order } }) => {
      if (parts.some(({ seq }) => seq >= order)) return withFault(state, 'an erasure of a part that is not in the log yet');
      const named = Object.fromEntries(parts.map(({ seq, name }) => [partKey(seq, name), order]));
      return setup(state, { erased: { ...named, ...state.setup.erased } });
    },
  }),
} as const;

export const lotEvents = { ...founding, ...fate, ...oversight };
