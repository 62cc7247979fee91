import type { JsonValue } from '@app/contracts';
import { isDistributed } from '../law/distribution.js';
import { attesterFault, tenderRulesOf, venueOf } from '../lot/index.js';
import { accept, command, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, partiesWith } from '../kernel/state.js';
import { tested } from '../kernel/unseen.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { zNothing } from '../kernel/fields.js';
import { contributorsFault, missingNonce } from '../keepers/index.js';
import { drawnRecords, drawPlan } from './audience.js';
import { callCommands } from './calls.js';
import { seedCommands } from './seed.js';
import { contributionsOf, DRAW_STATES } from './selectors.js';
import { openPlaces, plannedSlots, wantedPlaces } from './places.js';
import type { DrawSlot } from './commands.js';
import * as commands from './commands.js';

export const drawCommands = {
  'draw.request': command({
    schema: commands.zRequest,
    secrets: { plan: commands.zPlan },
    audience: { 'x:plan': drawPlan },
    roles: ['agency', 'tenderer'],
    states: DRAW_STATES,
    assurance: 'certificate',
    // 条例 46: at random from the pool; what is fixed here is specialties, places and numbers, never a person.
    // Which experts are asked for shapes nothing: how many the tender document says, and what becomes of the plan the calls say.
    decide: (state, asked, { at }): Decision => {
      const { nonceParties } = asked.payload;
      const version = (state.draw.request?.version ?? 0) + 1;
      const fault =
        standingFault(state, nonceParties) ??
        tested(asked, 'plan', (plan) => planFault(state, plan)) ??
        contributorsFault(state, nonceParties, 'nonceParties');
      if (fault !== null) return fault;
      return accept([{ type: 'draw.requested', at, version, count: plannedExperts(state), nonceParties }]);
    },
  }),
  'draw.freeze-pool': command({
    schema: zNothing,
    secrets: { mapping: commands.zMappingKey },
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    audience: { 'x:mapping': drawnRecords },
    decide: (state, { party }, { at, facts }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue takes the snapshot');
      const missing = missingNonce(contributionsOf(state));
      if (state.draw.request === null) return refuse('WRONG_STEP', 'no draw is asked for');
      // domain.md §5.4: every contribution is fixed before the list of candidates is.
      if (missing !== null) return refuse('E_STEP_BARRIER', `${missing} has not contributed`);
      if (state.draw.pool !== null) return refuse('E_ALREADY_LOCKED', 'the pool of this round is frozen');
      const pool = commands.zPool.safeParse(facts['pool']);
      if (!pool.success) return refuse('E_INPUT', `facts.pool.${firstIssue(pool.error)}`);
      return accept([{ type: 'draw.pool-frozen', at, ...pool.data }]);
    },
  }),
  ...seedCommands,
  ...callCommands,
} as const;

/** Members whom the draw finds: the rest are the tenderer's representatives. */
function plannedExperts(state: LotState): number {
  const { committee } = tenderRulesOf(state);
  return committee.members - committee.representatives;
}

function planFault(state: LotState, given: JsonValue | undefined): Refused | null {
  const plan = commands.zPlan.safeParse(given);
  if (!plan.success) return refuse('E_INPUT', `secrets.plan.${firstIssue(plan.error)}`);
  const { slots, reason } = plan.data;
  if (state.draw.request !== null && reason === null)
    return refuse('E_REASON_REQUIRED', 'secrets.plan.reason: a changed plan is a new request with its reason');
  return changeFault(state, slots) ?? placesFault(state, slots);
}

function placesFault(state: LotState, slots: readonly DrawSlot[]): Refused | null {
  const { committee } = tenderRulesOf(state);
  if (new Set(slots.map(({ slot }) => slot)).size !== slots.length) return refuse('E_INPUT', 'slots: a name is used twice');
  if (slots.length !== plannedExperts(state)) {
    return refuse('E_COMMITTEE_SIZE', `the tender document plans ${plannedExperts(state)} experts`);
  }
  const { venues, venuePreset, tendererCity } = state.setup;
  const cityOf = (venue: string): string => venues.find((plan) => plan.venue === venue)?.city ?? '';
  const stranger = slots.find(({ venue }) => !venues.some((plan) => plan.venue === venue && plan.role !== 'supervision'));
  if (stranger !== undefined) return refuse('E_VENUE_NOT_APPROVED', `${stranger.venue} is not a venue of this lot`);
  for (const { slot, venue } of slots) {
    const mute = attesterFault(state, venue, slot);
    if (mute !== null) return refuse(mute.code, mute.message);
  }
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

/** Seed, pool and order stand for the round (domain.md §14.3). From the frozen pool on keepers may open the nonces, so nothing begins anew. */
function standingFault({ draw: { request, pool, seed } }: LotState, nonceParties: readonly string[]): Refused | null {
  if (pool === null || request === null) return null;
  if (seed === null) return refuse('E_ALREADY_LOCKED', 'the nonces are being opened; a plan changes before or after that');
  if (nonceParties.join() !== request.nonceParties.join())
    return refuse('E_ALREADY_LOCKED', 'the seed of this round is drawn; its contributors do not change');
  return null;
}

/**
 * When the seed is drawn a changed plan walks on in the same order, once nobody is left for any place that is open: it may only widen or
 * move places. Which of them are open is not said, since it tells who holds the others: whoever accepted stays where he was called to.
 */
function changeFault(state: LotState, slots: readonly DrawSlot[]): Refused | null {
  if (state.draw.seed === null) return null;
  const isExhausted = wantedPlaces(state) === 0 && openPlaces(state) > 0;
  for (const before of plannedSlots(state)) {
    const after = slots.find(({ slot }) => slot === before.slot);
    if (after === undefined) return refuse('E_ALREADY_LOCKED', `${before.slot} is part of the plan that is drawn for`);
    const isSame = after.specialty === before.specialty && after.city === before.city;
    const isWider = before.specialty.startsWith(after.specialty) && (after.city === null || after.city === before.city);
    const mayChange = isExhausted && (isSame || isWider);
    if (!mayChange && !(isSame && after.venue === before.venue))
      return refuse('E_ALREADY_LOCKED', `${before.slot} may be widened or moved, when nobody is left for the open places`);
  }
  return null;
}
