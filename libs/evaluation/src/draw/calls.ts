import type { JsonValue, LotEvent } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import { bindingAudience, clashWith, profileFor, standingOf, standingsOf, zBinding, zSeat } from '../lot/index.js';
import { accept, type Asked, command, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { ifSeen, tested } from '../kernel/unseen.js';
import { MAIN_NODE } from '../kernel/origins.js';
import type { Of } from '../kernel/fields.js';
import { drawnNames, drawnRecords, drawnSeats } from './audience.js';
import { type Candidate, type Turn, zPerson, zRecordCall, zRecordExhaustion, zTurn } from './commands.js';
import { drawRank } from './order.js';
import { isInPool } from './pool.js';
import { fits, heldPlaces, plannedSlots, sealedName, wantedNames, wantedPlaces, wantedSlots } from './places.js';
import { DRAW_STATES, nextExpert } from './selectors.js';

/**
 * Who is called, and what became of it. The lot does not know the list of candidates: a call proves its candidate, and everything that
 * follows from the record is checked here; that nobody was skipped the verifier finds, who has the list (docs/design/lots-and-bids.md).
 *
 * What a call does to the lot stands in it for everybody: candidate, outcome, and the place under its sealed name. Its secrets are tested
 * by whoever sees them, and shape nothing, so whoever does not see them judges what came of it all the same.
 */
export const callCommands = {
  'draw.record-call': command({
    schema: zRecordCall,
    secrets: { turn: zTurn, person: zPerson.optional(), binding: zBinding.optional(), seat: zSeat.optional() },
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    makes: ['draw.called', 'lot.party-admitted'],
    audience: {
      'x:turn': drawnRecords,
      'x:person': drawnRecords,
      'x:binding': drawnNames,
      'd:binding:*': bindingAudience,
      'x:seat': drawnSeats,
    },
    decide: (state, asked, { at }): Decision => {
      if (asked.party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue calls the experts');
      const fault =
        callFault(state, asked) ??
        tested(asked, 'turn', (turn) => turnFault(state, asked, turn)) ??
        tested(asked, 'person', (given) => personFault(state, asked, given));
      if (fault !== null) return fault;
      const { place, ...call } = asked.payload;
      if (call.outcome !== 'ACCEPTED') return accept([{ type: 'draw.called', at, ...call, slot: null, party: null }]);
      const unfit =
        tested(asked, 'seat', (seat) => seatFault(state, asked, seat)) ??
        tested(asked, 'binding', (binding) => bindingFault(state, asked, binding));
      return unfit ?? accepted(state, asked, at);
    },
  }),
  'draw.record-exhaustion': command({
    schema: zRecordExhaustion,
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    decide: (state, { party, payload: { places } }, { at }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue has the list of candidates');
      if (wantedPlaces(state) === 0) return refuse('E_ALREADY_DONE', 'no place waits for a call');
      if (places.length !== wantedPlaces(state)) return refuse('E_INPUT', `places: ${wantedPlaces(state)} wait for a call`);
      const fault = namesFault(state, places);
      return fault ?? accept([{ type: 'draw.exhausted', at, slots: places }]);
    },
  }),
} as const;

type Call = Of<typeof zRecordCall>;

/** Why this candidate is not to be called now, or not so, as far as everybody can tell. */
function callFault(state: LotState, { payload, secrets }: Call): Refused | null {
  const { pool, seed, contacts, lastCall, exhausted } = state.draw;
  const { candidate, outcome, place } = payload;
  if (pool === null || seed === null) return refuse('E_TOO_EARLY', 'the seed is not drawn');
  if (own(contacts, candidate) !== undefined) return refuse('E_ALREADY_DONE', 'this candidate was called');
  if (wantedPlaces(state) === 0)
    return refuse('E_DRAW_EXHAUSTED', 'nobody is to be called: every place is taken, or the pool is exhausted');
  // Nobody is preferred: turns go forward in the drawn order, unless a place has opened anew or the plan was changed.
  const isSameWalk = lastCall?.held.every((held) => heldPlaces(state).includes(held)) === true;
  if (isSameWalk && drawRank(profileFor(state), seed, candidate) < lastCall.rank)
    return refuse('FORBIDDEN', `${candidate} stands before who was called last`);
  const isAccepted = outcome === 'ACCEPTED';
  if (isAccepted !== (place !== null)) return refuse('E_INPUT', 'place: of whoever accepts, and of nobody else');
  if (isAccepted !== Object.hasOwn(secrets, 'seat')) return refuse('E_INPUT', 'secrets.seat: of whoever accepts, and of nobody else');
  if (place !== null && [...heldPlaces(state), ...exhausted].includes(place)) return refuse('FORBIDDEN', 'place: waits for nobody');
  return null;
}

/** Why it is not this candidate's turn, or not for this place; asked of whoever sees record, proof and the key of the mapping. */
function turnFault(state: LotState, { payload: { candidate, place } }: Call, given: JsonValue | undefined): Refused | null {
  const read = zTurn.safeParse(given);
  if (!read.success) return refuse('E_INPUT', `secrets.turn.${firstIssue(read.error)}`);
  const turn = read.data;
  if (turn.record.id !== candidate) return refuse('E_INPUT', 'secrets.turn.record: is of another candidate');
  if (state.draw.pool === null || !isInPool(profileFor(state), state.draw.pool, turn))
    return refuse('E_INPUT', 'secrets.turn.path: leads to another pool');
  const wanted = wantedSlots(state).find(({ slot }) => slot === turn.slot);
  if (wanted === undefined) return refuse('FORBIDDEN', `${turn.slot} waits for nobody`);
  if (!fits(turn.record, wanted)) return refuse('FORBIDDEN', `${candidate} does not fit ${turn.slot}`);
  if (place === null) return null;
  const sealed = sealedName(state, turn.slot);
  if (sealed === null) return refuse('E_INPUT', 'the key of the mapping is no key: no place can be named under it');
  return place === sealed ? null : refuse('E_INPUT', `place: is not the sealed name of ${turn.slot}`);
}

/** Is it whom the record's commitment names? The list of an earlier engine names nobody. */
function personFault(state: LotState, asked: Call, given: JsonValue | undefined): Refused | null {
  if (asked.unseen.has('turn')) return null;
  const seal = turnOf(asked)?.record.person ?? null;
  if (seal === null) return null;
  const read = zPerson.safeParse(given);
  if (!read.success) return refuse('E_INPUT', 'secrets.person: who was called');
  const { id, salt } = read.data;
  return sealOf(state, id, salt) === seal ? null : refuse('OPENING_MISMATCH', 'secrets.person: is not who stands behind this pseudonym');
}

function sealOf(state: LotState, id: string, salt: string): string | null {
  try {
    return profileFor(state).commitment(salt, canonicalText(id));
  } catch {
    // A salt of another length: it opens nothing.
    return null;
  }
}

/** Why whoever accepts becomes no member, asked of whoever may know who he is. */
function bindingFault(state: LotState, asked: Call, given: JsonValue | undefined): Refused | null {
  const binding = zBinding.safeParse(given);
  if (!binding.success) return refuse('E_INPUT', 'secrets.binding: who accepted');
  const party = nextExpert(state);
  if (binding.data.party !== party) return refuse('E_INPUT', `secrets.binding.party: the next expert is ${party}`);
  const person = tested(asked, 'person', (called) => {
    const known = zPerson.safeParse(called).data?.id;
    return known === undefined || binding.data.person?.id === known
      ? null
      : refuse('E_INPUT', 'secrets.binding.person: another than who was called');
  });
  if (person !== null) return person;
  // 条例 46 at the second of four moments (domain.md §3.6): whom it hits is recorded as RECUSED, and the next is called.
  const clash = clashWith(standingOf({ party, roles: ['expert'] }, binding.data), standingsOf(state));
  return clash === null ? null : refuse(clash.code, clash.message);
}

/** The expert becomes a party; who he is and where he will sit stay in parts of their own. */
function accepted(state: LotState, asked: Call, at: string): Decision {
  const { place, ...call } = asked.payload;
  const party = nextExpert(state);
  const events: LotEvent[] = [
    { type: 'draw.called', at, ...call, slot: place, party },
    { type: 'lot.party-admitted', party, roles: ['expert'], venue: null, seat: null },
  ];
  return accept(events, { [`binding:${party}`]: () => asked.opened['binding'] ?? null });
}

/** Will he sit where the plan has the place that he fills? */
function seatFault(state: LotState, asked: Call, given: JsonValue | undefined): Refused | null {
  const seat = zSeat.safeParse(given);
  if (!seat.success) return refuse('E_INPUT', 'secrets.seat: where he will sit');
  if (asked.unseen.has('turn')) return null;
  const planned = plannedSlots(state).find(({ slot }) => slot === turnOf(asked)?.slot);
  return planned?.venue === seat.data.venue
    ? null
    : refuse('E_INPUT', `secrets.seat.venue: the plan has this place at ${planned?.venue ?? ''}`);
}

const turnOf = ({ opened }: Pick<Asked<unknown>, 'opened'>): { readonly record: Candidate; readonly slot: string } | undefined =>
  zTurn.safeParse(opened['turn']).data satisfies Turn | undefined;

/** Are these the places that wait? Asked of whoever sees the plan and the key of the mapping. */
function namesFault(state: LotState, places: readonly string[]): Refused | null {
  const wanted = ifSeen(() => wantedNames(state));
  return wanted === undefined || wanted?.join() === [...places].sort().join()
    ? null
    : refuse('E_INPUT', 'places: not the ones that wait for a call');
}
