import { type JsonValue, type LotEvent, type Role, ROLES } from '@app/contracts';
import { accept, command, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { tested } from '../kernel/unseen.js';
import { RUNNING_STATUSES } from '../kernel/transitions.js';
import { zNothing } from '../kernel/fields.js';
import { attesterFault } from './attesters.js';
import { admittedAudience, bindingAudience } from './audience.js';
import type { Binding } from './commands.js';
import { signatureFault } from './document-signature.js';
import { amendedDeadline, calendarFault, frozenRuleSet, lastAmendment, publicationFault } from './publication.js';
import { rulesFault } from './rules-fault.js';
import { registryFault } from './registry-facts.js';
import { clashWith, firstClash, standingOf, standingsOf } from './separation.js';
import { ruleSetOf, tenderRulesOf } from './selectors.js';
import type { TenderRules } from './tender-rules.js';
import { witnessPolicyFault } from './witness-policy.js';
import * as commands from './commands.js';

/** `lot.create`, `lot.revise`, `lot.publish`, `lot.issue-documents`, `lot.amend`, `lot.admit`. */
export const foundingCommands = {
  'lot.create': command({
    schema: commands.zCreate,
    secrets: { bindings: commands.zBindings },
    roles: ['agency'],
    states: ['DRAFT'],
    assurance: 'certificate',
    founds: true,
    audience: { 'x:bindings': admittedAudience, 'd:binding:*': bindingAudience },
    decide: (state, { payload, party, opened }, context): Decision => {
      const { parties, ...facts } = payload;
      if (state.size > 0) return refuse('E_ALREADY_DONE', 'the lot is created');
      const founder = parties.find((named) => named.party === party);
      // Nobody is a party yet: the agency (招标代理机构) founds the lot and must be among those it names.
      if (founder?.roles.includes('agency') !== true) return refuse('FORBIDDEN', 'the agency that creates a lot is its party');
      if (new Set(parties.map((named) => named.party)).size !== parties.length) return refuse('E_INPUT', 'parties: a name is used twice');
      const strange = parties.find(({ roles }) => roles.some((role) => DRAWN_OR_LISTED.includes(role)));
      if (strange !== undefined) return refuse('E_INPUT', `parties: ${strange.party} comes by draw or by its bid`);
      // Who a member is is not for everybody who judges this entry: whoever is named here everybody who works on the lot may know.
      const member = parties.find(({ roles }) => roles.includes('tenderer-representative'));
      if (member !== undefined) return refuse('E_INPUT', `parties: ${member.party} is admitted by an act of its own (lot.admit)`);
      if (state.round > 1 && facts.previousRound === null) return refuse('E_REASON_REQUIRED', 'a later round names the one that failed');
      const bindings = commands.zBindings.safeParse(opened['bindings']);
      const derived: Record<string, Binding> = {};
      for (const binding of bindings.data ?? []) derived[`binding:${binding.party}`] = binding;
      if (Object.keys(derived).length !== parties.length) return refuse('E_INPUT', 'secrets.bindings: not one for each party');
      const fault = foundersFault(parties, derived, party, context.facts);
      if (fault !== null) return fault;
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
    decide: (state, { payload, party }, { at, engine, facts }): Decision => {
      const frozen = frozenRuleSet(state, at, facts);
      if (frozen === null) return refuse('E_INPUT', `no rule set for ${state.setup.regime} in ${state.setup.jurisdiction} on this day`);
      const fault = publicationFault(state, frozen.ruleSet, at) ?? witnessPolicyFault(state, facts);
      if (fault !== null) return refuse(fault.code, fault.message);
      const { documentPackage, signature } = payload;
      const unsigned = signatureFault(state, party, documentPackage, signature);
      if (unsigned !== null) return unsigned;
      const signed = signature === undefined ? {} : { signature };
      const law = { ruleSet: frozen.ruleSet.id, ruleSetHash: frozen.hash, ...(frozen.years.length > 0 && { calendar: [...frozen.years] }) };
      return accept([{ type: 'lot.published', at, ...law, documentPackage, ...signed, engine }]);
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
    decide: (state, { payload, party }, { at }): Decision => {
      const present = state.setup.schedule?.deadline ?? at;
      if (at >= present) return refuse('E_DEADLINE_PASSED', 'the deadline for bids has passed');
      const deadline = payload.deadline ?? present;
      if (deadline < present) return refuse('E_INPUT', 'deadline: it can only be moved to later');
      const { rules } = payload;
      if (rules !== null) {
        const fault = amendedRulesFault(state, rules);
        if (fault !== null) return fault;
        if (!payload.affectsBids) return refuse('E_INPUT', 'affectsBids: changed rules change how bids are made');
      }
      const law = ruleSetOf(state);
      // 条例 21: less than 15 days left, so the deadline moves (B-012, B-015: the amendment is part of the document).
      if (payload.affectsBids && at >= lastAmendment(law, deadline)) {
        return refuse('E_INPUT', `deadline: not before ${amendedDeadline(law, at)}`);
      }
      const beyond = calendarFault(law, deadline);
      if (beyond !== null) return refuse(beyond.code, beyond.message);
      const { package: hash, signature, summary } = payload;
      const unsigned = signatureFault(state, party, hash, signature);
      if (unsigned !== null) return unsigned;
      const number = state.setup.amendments.length + 1;
      const signed = signature === undefined ? {} : { signature };
      return accept([{ type: 'lot.amended', at, number, package: hash, ...signed, summary, deadline, rules }]);
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
    decide: (state, asked, { facts }): Decision => {
      const { payload, party } = asked;
      if (own(state.parties, payload.party) !== undefined) return refuse('E_ALREADY_DONE', `${payload.party} is a party`);
      const strange = payload.roles.find((role) => !admissible(state, party).includes(role));
      if (strange !== undefined) return refuse('FORBIDDEN', `you admit nobody as ${strange} now`);
      if (payload.venue !== null && !state.setup.venues.some(({ venue }) => venue === payload.venue)) {
        return refuse('E_VENUE_NOT_APPROVED', `${payload.venue} is not a venue of this lot`);
      }
      const unknown = registryFault(facts, [payload], null);
      if (unknown !== null) return unknown;
      // Whoever may not know who it is leaves the test out: what comes of the act is the same for everybody who passes.
      const unfit = tested(asked, 'binding', (given) => standingFault(state, payload, given));
      if (unfit !== null) return unfit;
      const isMember = payload.roles.includes('tenderer-representative');
      const mute = state.status !== 'DRAFT' && isMember ? attesterFault(state, payload.venue, payload.party) : null;
      if (mute !== null) return refuse(mute.code, mute.message);
      return accept([{ type: 'lot.party-admitted', ...payload }], { [`binding:${payload.party}`]: () => asked.opened['binding'] ?? null });
    },
  }),
} as const;

/** Is it the party's own binding, of somebody who may stand there beside the others? */
function standingFault(state: LotState, named: commands.NamedParty, given: JsonValue | undefined): Refused | null {
  const binding = commands.zBinding.safeParse(given);
  if (binding.data?.party !== named.party) return refuse('E_INPUT', 'secrets.binding.party: another party');
  const clash = clashWith(standingOf(named, binding.data), standingsOf(state));
  return clash === null ? null : refuse(clash.code, clash.message);
}

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

/** Who is named in a founding entry: somebody behind every party, as the registry has them, each on one side of the lot. */
function foundersFault(
  parties: readonly commands.NamedParty[],
  derived: Readonly<Record<string, Binding>>,
  founder: string,
  facts: unknown,
): Refused | null {
  const unbound = parties.find((named) => own(derived, `binding:${named.party}`) === undefined);
  if (unbound !== undefined) return refuse('E_INPUT', `secrets.bindings: nobody stands behind ${unbound.party}`);
  const unknown = registryFault(facts, parties, founder);
  if (unknown !== null) return unknown;
  const clash = firstClash(parties.map((named) => standingOf(named, own(derived, `binding:${named.party}`) ?? null)));
  return clash === null ? null : refuse(clash.code, clash.message);
}

/** B-015: changed rules pass the guards of the publication under the frozen law; places that a draw was asked for stay what they are. */
function amendedRulesFault(state: LotState, rules: TenderRules): Refused | null {
  const fault = rulesFault(state, rules, ruleSetOf(state));
  if (fault !== null) return refuse(fault.code, fault.message);
  const before = tenderRulesOf(state).committee;
  const isSame = before.members === rules.committee.members && before.representatives === rules.committee.representatives;
  return isSame || state.draw.request === null ? null : refuse('E_ALREADY_LOCKED', 'rules.committee: its experts are being drawn');
}
