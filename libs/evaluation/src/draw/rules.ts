import type { JsonValue, LotEvent } from '@app/contracts';
import { isDistributed } from '../law/distribution.js';
import { type Binding, bindingAudience, everybody, profileFor, tenderRulesOf, venueOf, zBinding } from '../lot/index.js';
import { accept, type Audience, command, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { hasRole, type LotState, own, partiesWith } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { textOf, zNothing } from '../kernel/fields.js';
import { drawSeed } from './order.js';
import { DRAW_STATES, dueContacts, nextExpert } from './selectors.js';
import type { DrawSlot } from './state.js';
import * as commands from './commands.js';

const CONTRIBUTORS = ['tenderer', 'agency', 'supervisor', 'witness', 'node'] as const;
/** The name as the node gave it: for whoever may see the part `d:binding:…` that the rule made of it. */
const drawnNames: Audience = (viewer, state, entry) => {
  const admitted = entry.events.find(({ type }) => type === 'lot.party-admitted')?.['party'];
  return viewer.party === MAIN_NODE || bindingAudience(viewer, state, entry, `d:binding:${textOf(admitted)}`);
};

export const drawCommands = {
  'draw.request': command({
    schema: commands.zRequest,
    roles: ['agency', 'tenderer'],
    states: DRAW_STATES,
    assurance: 'certificate',
    // 条例 46: at random from the pool; what is fixed here is specialties, places and numbers, never a person.
    decide: (state, { payload }, { at }): Decision => {
      const { slots, nonceParties, reason } = payload;
      const version = (state.draw.request?.version ?? 0) + 1;
      if (version > 1 && reason === null) return refuse('E_REASON_REQUIRED', 'a changed plan is a new request with its reason');
      const fault = planFault(state, slots) ?? contributorsFault(state, nonceParties) ?? heldFault(state, slots);
      if (fault !== null) return fault;
      if (state.draw.seed !== null && nonceParties.join() !== state.draw.request?.nonceParties.join()) {
        return refuse('E_ALREADY_LOCKED', 'the seed of this round is drawn; its contributors do not change');
      }
      return accept([{ type: 'draw.requested', at, version, slots, nonceParties, reason }]);
    },
  }),
  'draw.commit-nonce': command({
    schema: commands.zCommitNonce,
    roles: CONTRIBUTORS,
    states: DRAW_STATES,
    assurance: 'session',
    decide: (state, { party, payload: { commitment } }, { at }): Decision => {
      if (state.draw.request?.nonceParties.includes(party) !== true)
        return refuse('FORBIDDEN', 'the plan does not name you as a contributor');
      if (own(state.draw.commits, party) !== undefined) return refuse('E_ALREADY_DONE', 'your nonce is committed');
      return accept([{ type: 'draw.nonce-committed', at, party, commitment }]);
    },
  }),
  'draw.fix-pool': command({
    schema: zNothing,
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    decide: (state, { party }, { at, facts }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue takes the snapshot');
      if (state.draw.request === null) return refuse('WRONG_STEP', 'no draw is asked for');
      if (state.draw.pool !== null) return refuse('E_ALREADY_LOCKED', 'the pool of this round is fixed');
      const pool = commands.zPool.safeParse(facts['pool']);
      if (!pool.success) return refuse('E_INPUT', `facts.pool.${firstIssue(pool.error)}`);
      const ids = pool.data.candidates.map(({ id }) => id);
      if (new Set(ids).size !== ids.length) return refuse('E_INPUT', 'facts.pool: a pseudonym is used twice');
      return accept([{ type: 'draw.pool-fixed', at, ...pool.data }]);
    },
  }),
  'draw.reveal-nonce': command({
    schema: zNothing,
    secrets: { nonce: commands.zDrawNonce },
    roles: CONTRIBUTORS,
    states: DRAW_STATES,
    assurance: 'session',
    audience: { 'x:nonce': everybody },
    decide: (state, { party, secrets, opened }, { at }): Decision => {
      const { request, pool, commits, reveals } = state.draw;
      if (request === null || pool === null) return refuse('E_TOO_EARLY', 'plan and pool are not fixed');
      // Plan, pool and every nonce are fixed before the first one is opened: nobody can choose the result.
      const missing = request.nonceParties.find((named) => own(commits, named) === undefined);
      if (missing !== undefined) return refuse('E_STEP_BARRIER', `${missing} has not committed`);
      if (own(reveals, party) !== undefined) return refuse('E_ALREADY_DONE', 'your nonce is revealed');
      if (own(commits, party) !== secrets['nonce']) return refuse('OPENING_MISMATCH', 'this is not what you committed to');
      const nonce = textOf(opened['nonce']);
      const events: LotEvent[] = [{ type: 'draw.nonce-revealed', at, party, nonce }];
      const all = { ...reveals, [party]: nonce };
      if (request.nonceParties.every((named) => own(all, named) !== undefined)) {
        events.push({ type: 'draw.seeded', at, seed: drawSeed(profileFor(state), state.origin, all) });
      }
      return accept(events);
    },
  }),
  'draw.record-contact': command({
    schema: commands.zRecordContact,
    secrets: { binding: zBinding.optional() },
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    audience: { 'x:binding': drawnNames, 'd:binding:*': bindingAudience },
    decide: (state, { party, payload, opened }, { at }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue contacts the experts');
      const { seat, ...contact } = payload;
      if (own(state.draw.contacts, contact.candidate) !== undefined) return refuse('E_ALREADY_DONE', 'this candidate was contacted');
      const due = dueContacts(state);
      if (due.length === 0) return refuse('E_DRAW_EXHAUSTED', 'nobody is to be contacted: every place is taken, or the pool is exhausted');
      const place = due.find(({ candidate }) => candidate === contact.candidate)?.slot;
      // Nobody is preferred: only whose turn it is may be contacted.
      if (place === undefined) return refuse('FORBIDDEN', `it is the turn of ${due.map(({ candidate }) => candidate).join(', ')}`);
      if (contact.outcome !== 'ACCEPTED') return accept([{ type: 'draw.contacted', at, ...contact, slot: null, party: null }]);
      return accepted(state, { ...contact, at, slot: place.slot }, { venue: place.venue, seat }, opened['binding']);
    },
  }),
} as const;

interface Contact {
  readonly candidate: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly evidence: string | null;
  readonly at: string;
  readonly slot: string;
}

/** The expert becomes a party; who he is stays in a part of its own. */
function accepted(
  state: LotState,
  contact: Contact,
  where: { venue: string; seat: string | null },
  given: JsonValue | undefined,
): Decision {
  const binding = zBinding.safeParse(given);
  if (!binding.success) return refuse('E_INPUT', 'secrets.binding: who accepted');
  const party = nextExpert(state);
  if (binding.data.party !== party) return refuse('E_INPUT', `secrets.binding.party: the next expert is ${party}`);
  const bound: Binding = binding.data;
  return accept(
    [
      { type: 'draw.contacted', ...contact, party },
      { type: 'lot.party-admitted', party, roles: ['expert'], ...where },
    ],
    { [`binding:${party}`]: bound },
  );
}

function planFault(state: LotState, slots: readonly DrawSlot[]): Refused | null {
  const { committee } = tenderRulesOf(state);
  if (new Set(slots.map(({ slot }) => slot)).size !== slots.length) return refuse('E_INPUT', 'slots: a name is used twice');
  if (slots.length !== committee.members - committee.representatives) {
    return refuse('E_COMMITTEE_SIZE', `the tender document plans ${committee.members - committee.representatives} experts`);
  }
  const { venues, venuePreset, tendererCity } = state.setup;
  const cityOf = (venue: string): string => venues.find((plan) => plan.venue === venue)?.city ?? '';
  const stranger = slots.find(({ venue }) => !venues.some((plan) => plan.venue === venue && plan.role !== 'supervision'));
  if (stranger !== undefined) return refuse('E_VENUE_NOT_APPROVED', `${stranger.venue} is not a venue of this lot`);
  const main = venues.find(({ role }) => role === 'main')?.venue ?? '';
  const named = partiesWith(state, 'tenderer-representative');
  const members = [
    ...slots.map(({ slot, venue }) => ({ kind: 'expert' as const, venue, room: slot, city: cityOf(venue) })),
    // Representatives not admitted yet normally sit at the main venue (domain.md §3.9).
    ...Array.from({ length: committee.representatives }, (_, index) => {
      const venue = venueOf(state, named[index] ?? '') ?? main;
      return { kind: 'representative' as const, venue, room: `representative-${index}`, city: cityOf(venue) };
    }),
  ];
  const subs = venues.filter(({ role }) => role === 'sub').map(({ venue }) => venue);
  if (isDistributed(venuePreset, { main, subs, tendererCity, members })) return null;
  return refuse('E_VENUE_NOT_APPROVED', `the places are not spread over the venues as preset ${venuePreset} asks`);
}

function contributorsFault(state: LotState, nonceParties: readonly string[]): Refused | null {
  if (new Set(nonceParties).size !== nonceParties.length) return refuse('E_INPUT', 'nonceParties: one is named twice');
  const stranger = nonceParties.find((party) => own(state.parties, party) === undefined);
  if (stranger !== undefined) return refuse('E_INPUT', `nonceParties: ${stranger} has no part in this lot`);
  // Somebody who is neither owner nor operator must hold a nonce, else the two could agree on the draw.
  const isIndependent = nonceParties.some(
    (party) => hasRole(state, party, 'supervisor') || hasRole(state, party, 'witness') || isSupervisionNode(state, party),
  );
  return isIndependent ? null : refuse('E_INPUT', 'nonceParties: the supervision authority or the witness contributes');
}

const isSupervisionNode = (state: LotState, party: string): boolean =>
  hasRole(state, party, 'node') && state.setup.venues.some(({ venue, role }) => role === 'supervision' && venue === venueOf(state, party));

/** Who was drawn and sits keeps his place: a new plan may add, widen or move open places only (domain.md §5.3). */
function heldFault(state: LotState, slots: readonly DrawSlot[]): Refused | null {
  for (const before of state.draw.request?.slots ?? []) {
    const holder = own(state.draw.filled, before.slot);
    if (holder === undefined || own(state.parties, holder.party)?.roles.length === 0) continue;
    const after = slots.find(({ slot }) => slot === before.slot);
    if (after?.venue !== before.venue) return refuse('E_ALREADY_LOCKED', `${holder.party} holds ${before.slot}`);
  }
  return null;
}
