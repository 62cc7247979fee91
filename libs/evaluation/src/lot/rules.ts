import { type LotEvent, type Role, ROLES } from '@app/contracts';
import { noticeEnd } from '../law/limit.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { LOT_STATUSES, type LotStatus } from '../kernel/status.js';
import { FINAL_STATUSES, RUNNING_STATUSES, statusesBefore } from '../kernel/transitions.js';
import { zNothing } from '../kernel/fields.js';
import { admittedAudience, bindingAudience, ownersAudience } from './audience.js';
import type { Binding } from './commands.js';
import { erasureFault } from './erasure.js';
import { frozenRuleSet, lastAmendment, publicationFault } from './publication.js';
import { ruleSetOf } from './selectors.js';
import * as commands from './commands.js';
import { zText } from '../kernel/fields.js';

const OWNER: readonly Role[] = ['agency', 'tenderer'];

/** `lot.create`, `lot.revise`, `lot.publish`, `lot.issue-documents`, `lot.amend`, `lot.admit`. */
const founding = {
  'lot.create': command({
    schema: commands.zCreate,
    secrets: { bindings: commands.zBindings },
    roles: ['agency'],
    states: ['DRAFT'],
    assurance: 'certificate',
    founds: true,
    audience: { 'x:bindings': admittedAudience, 'd:binding:*': bindingAudience },
    decide: (state, { payload, party, opened }, context): Decision => {
      if (state.size > 0) return refuse('E_ALREADY_DONE', 'the lot is created');
      const { parties, ...facts } = payload;
      const founder = parties.find((named) => named.party === party);
      // Nobody is a party yet: the agency (招标代理机构) founds the lot and must be among those it names.
      if (founder?.roles.includes('agency') !== true) return refuse('FORBIDDEN', 'the agency that creates a lot is its party');
      if (new Set(parties.map((named) => named.party)).size !== parties.length) return refuse('E_INPUT', 'parties: a name is used twice');
      const strange = parties.find(({ roles }) => roles.some((role) => DRAWN_OR_LISTED.includes(role)));
      if (strange !== undefined) return refuse('E_INPUT', `parties: ${strange.party} comes by draw or by its bid`);
      if (state.round > 1 && facts.previousRound === null) return refuse('E_REASON_REQUIRED', 'a later round names the one that failed');
      const bindings = commands.zBindings.safeParse(opened['bindings']);
      const derived: Record<string, Binding> = {};
      for (const binding of bindings.data ?? []) derived[`binding:${binding.party}`] = binding;
      const unbound = parties.find((named) => own(derived, `binding:${named.party}`) === undefined);
      if (unbound !== undefined) return refuse('E_INPUT', `secrets.bindings: nobody stands behind ${unbound.party}`);
      if (Object.keys(derived).length !== parties.length) return refuse('E_INPUT', 'secrets.bindings: not one for each party');
      const admitted = parties.map((named): LotEvent => ({ type: 'lot.party-admitted', ...named }));
      return accept([{ type: 'lot.created', ...facts, engine: context.engine }, ...admitted], derived);
    },
  }),
  'lot.revise': command({
    schema: commands.zRevise,
    roles: ['agency'],
    states: ['DRAFT', ...RUNNING_STATUSES],
    assurance: 'certificate',
    decide: (state, { payload }): Decision =>
      state.status === 'DRAFT'
        ? accept([{ type: 'lot.revised', ...payload }])
        : refuse('E_RULESET_FROZEN', 'a published lot changes only by amendments of its tender document'),
  }),
  'lot.publish': command({
    schema: commands.zPublish,
    roles: ['agency'],
    states: ['DRAFT'],
    assurance: 'certificate',
    decide: (state, { payload }, { at, engine }): Decision => {
      const frozen = frozenRuleSet(state, at);
      if (frozen === null) return refuse('E_INPUT', `no rule set for ${state.setup.regime} in ${state.setup.jurisdiction} on this day`);
      const fault = publicationFault(state, frozen.ruleSet, at);
      if (fault !== null) return refuse(fault.code, fault.message);
      const { documentPackage } = payload;
      return accept([{ type: 'lot.published', at, ruleSet: frozen.ruleSet.id, ruleSetHash: frozen.hash, documentPackage, engine }]);
    },
  }),
  'lot.issue-documents': command({
    schema: zNothing,
    roles: ['agency', 'node'],
    states: ['PUBLISHED'],
    assurance: 'session',
    decide: (state, _asked, { at }): Decision =>
      state.setup.schedule !== null && at < state.setup.schedule.documentsFrom
        ? refuse('E_TOO_EARLY', `documents are issued from ${state.setup.schedule.documentsFrom}`)
        : accept([{ type: 'lot.documents-issued', at }]),
  }),
  'lot.amend': command({
    schema: commands.zAmend,
    roles: ['agency'],
    states: ['PUBLISHED', 'SUBMISSION_OPEN'],
    assurance: 'certificate',
    decide: (state, { payload }, { at }): Decision => {
      const present = state.setup.schedule?.deadline ?? at;
      if (at >= present) return refuse('E_DEADLINE_PASSED', 'the deadline for bids has passed');
      const deadline = payload.deadline ?? present;
      if (deadline < present) return refuse('E_INPUT', 'deadline: it can only be moved to later');
      const rules = ruleSetOf(state);
      // 条例 21: less than 15 days left, so the deadline moves (B-012, B-015: the amendment is part of the document).
      if (payload.affectsBids && at >= lastAmendment(rules, deadline)) {
        return refuse('E_INPUT', `deadline: not before ${noticeEnd(at, rules.limits.amendmentBeforeDeadline, rules.calendar)}`);
      }
      const number = state.setup.amendments.length + 1;
      return accept([{ type: 'lot.amended', at, number, package: payload.package, summary: payload.summary, deadline }]);
    },
  }),
  'lot.admit': command({
    schema: commands.zParty,
    secrets: { binding: commands.zBinding },
    roles: ['agency', 'tenderer', 'supervisor'],
    states: ['DRAFT', ...RUNNING_STATUSES],
    assurance: 'certificate',
    makes: ['lot.party-admitted'],
    audience: { 'x:binding': admittedAudience, 'd:binding:*': bindingAudience },
    decide: (state, { payload, party, opened }): Decision => {
      if (own(state.parties, payload.party) !== undefined) return refuse('E_ALREADY_DONE', `${payload.party} is a party`);
      const strange = payload.roles.find((role) => !admissible(state, party).includes(role));
      if (strange !== undefined) return refuse('FORBIDDEN', `you admit nobody as ${strange} now`);
      if (payload.venue !== null && !state.setup.venues.some(({ venue }) => venue === payload.venue)) {
        return refuse('E_VENUE_NOT_APPROVED', `${payload.venue} is not a venue of this lot`);
      }
      const binding = commands.zBinding.safeParse(opened['binding']);
      if (binding.data?.party !== payload.party) return refuse('E_INPUT', 'secrets.binding.party: another party');
      return accept([{ type: 'lot.party-admitted', ...payload }], { [`binding:${payload.party}`]: binding.data });
    },
  }),
} as const;
/** 条例 46: nobody designates an expert; a bidder is whoever delivered a bid. */
const DRAWN_OR_LISTED: readonly Role[] = ['expert', 'bidder'];

/**
 * Roles that a party may admit others to. Once the lot is published the owner names only its own: whoever it could make supervisor or
 * witness would learn who the members are and how they score. Those are replaced by the supervision authority.
 */
function admissible(state: LotState, party: string): readonly Role[] {
  if (hasRole(state, party, 'supervisor')) return ['supervisor', 'witness'];
  if (state.status === 'DRAFT') return ROLES.filter((role) => !DRAWN_OR_LISTED.includes(role));
  return ['tenderer-representative', 'award-member'];
}

const BEFORE_OPENING: readonly LotStatus[] = ['PUBLISHED', 'SUBMISSION_OPEN'];

/** What befalls a lot as a whole. */
const fate = {
  'lot.suspend': command({
    schema: commands.zSuspend,
    roles: ['supervisor', 'agency', 'tenderer'],
    states: RUNNING_STATUSES,
    assurance: 'certificate',
    decide: (state, { payload: { cause, reason }, party }, { at }): Decision =>
      cause === 'SUPERVISION_ORDER' && !hasRole(state, party, 'supervisor')
        ? refuse('FORBIDDEN', 'only the supervision authority orders this')
        : accept([{ type: 'lot.suspended', at, by: party, cause, reason }]),
  }),
  'lot.resume': command({
    schema: commands.zResume,
    roles: ['supervisor', 'agency', 'tenderer'],
    states: ['SUSPENDED'],
    assurance: 'certificate',
    decide: (state, { payload, party }, { at }): Decision =>
      state.setup.suspension?.cause === 'SUPERVISION_ORDER' && !hasRole(state, party, 'supervisor')
        ? refuse('FORBIDDEN', 'who ordered the suspension lifts it')
        : resumed(state, at, payload.deadline),
  }),
  'lot.terminate': command({
    schema: commands.zTerminate,
    roles: OWNER,
    states: [...BEFORE_OPENING, 'SUSPENDED'],
    assurance: 'certificate',
    // 条例 31, 87号令 29: the tender is ended before the deadline, everybody is told, costs are refunded.
    decide: (state, { payload, party }, { at }): Decision =>
      state.previous !== null && !BEFORE_OPENING.includes(state.previous)
        ? refuse('WRONG_STATE', 'after the deadline a lot fails for a reason of the law, it is not ended')
        : accept([{ type: 'lot.terminated', at, by: party, reason: payload.reason }]),
  }),
  'lot.fail': command({
    schema: commands.zFail,
    roles: ['tenderer', 'agency', 'supervisor'],
    states: statusesBefore('LOT_FAILED'),
    assurance: 'certificate',
    decide: (state, { payload: { reason, explanation } }, { at }): Decision =>
      // 政府采购法 36: these two end a procurement only.
      state.setup.regime === 'TENDER_LAW' && reason === 'OVER_BUDGET'
        ? refuse('E_INPUT', 'reason: OVER_BUDGET is a reason of procurement law')
        : accept([{ type: 'lot.failed', at, reason, explanation }]),
  }),
  'lot.re-evaluate': command({
    schema: commands.zReEvaluate,
    roles: ['tenderer', 'agency', 'supervisor'],
    // A suspended lot may go back to it, but is not sent to it.
    states: statusesBefore('RE_EVALUATION').filter((status) => status !== 'SUSPENDED'),
    assurance: 'certificate',
    decide: (_state, { payload: { ground, reason } }, { at }): Decision => {
      // 87号令 64: sums, ranges, objective items, outliers go back to the same committee; 87号令 67: else a new one.
      const committee = commands.NEW_COMMITTEE_GROUNDS.some((known) => known === ground) ? 'new' : 'same';
      return accept([{ type: 'lot.re-evaluation-started', at, ground, reason, committee }]);
    },
  }),
} as const;

function resumed(state: LotState, at: string, deadline: string | null): Decision {
  const present = state.setup.schedule?.deadline ?? at;
  const isOpenForBids = state.previous === 'SUBMISSION_OPEN' || state.previous === 'PUBLISHED';
  // Nobody loses time for bidding to a suspension: what ended meanwhile gets a new end.
  if (isOpenForBids && (deadline ?? present) <= at) return refuse('E_INPUT', 'deadline: it passed meanwhile; name a later one');
  if (deadline !== null && (!isOpenForBids || deadline < present)) return refuse('E_INPUT', 'deadline: it can not be moved so');
  const lostMs = Math.max(0, Date.parse(at) - Date.parse(state.setup.suspension?.at ?? at));
  return accept([{ type: 'lot.resumed', at, lostMs, deadline }]);
}

/** The supervision authority and the witness (domain.md §2.3): they record and order, they change no merit. */
const oversight = {
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
    states: [...RUNNING_STATUSES, 'SUSPENDED'],
    assurance: 'certificate',
    // 电子招标投标办法 52: the platform must do what the authority orders.
    decide: (state, { id, payload: { kind, reason }, party }, { at }): Decision => {
      const order: LotEvent = { type: 'lot.order-given', id, by: party, at, kind, reason };
      const isSuspended = state.status === 'SUSPENDED';
      if (kind === 'PAUSE') {
        if (isSuspended) return refuse('E_ALREADY_DONE', 'the lot is suspended');
        return accept([order, { type: 'lot.suspended', at, by: party, cause: 'SUPERVISION_ORDER', reason }]);
      }
      if (kind !== 'RESUME') return accept([order]);
      if (!isSuspended) return refuse('WRONG_STATE', 'the lot is not suspended');
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

export const lotCommands = { ...founding, ...fate, ...oversight };
