import type { JsonValue } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import { type Binding, bindingAudience, clashWith, profileFor, standingOf, standingsOf, zBinding } from '../lot/index.js';
import { accept, command, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { drawnNames, drawnRecords } from './audience.js';
import { type Candidate, type DrawSlot, type Turn, zPerson, zRecordCall, zTurn } from './commands.js';
import { drawRank } from './order.js';
import { isInPool } from './pool.js';
import { fits, heldPlaces, sealedName, wantedPlaces, wantedSlots } from './places.js';
import { DRAW_STATES, nextExpert } from './selectors.js';
import type * as commands from './commands.js';

/**
 * Who is called, and what became of it. The lot does not know the list of candidates: a call proves its candidate, and everything that
 * follows from the record is checked here; that nobody was skipped the verifier finds, who has the list (docs/design/lots-and-bids.md).
 */
export const callCommands = {
  'draw.record-call': command({
    schema: zRecordCall,
    secrets: { turn: zTurn, person: zPerson.optional(), binding: zBinding.optional() },
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    makes: ['draw.called', 'lot.party-admitted'],
    audience: { 'x:turn': drawnRecords, 'x:person': drawnRecords, 'x:binding': drawnNames, 'd:binding:*': bindingAudience },
    decide: (state, asked, { at }): Decision => {
      const { party, payload, opened } = asked;
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue calls the experts');
      const turn = zTurn.safeParse(opened['turn']);
      if (!turn.success) return refuse('E_INPUT', `secrets.turn.${firstIssue(turn.error)}`);
      const place = placeOf(state, payload.candidate, turn.data);
      if ('ok' in place) return place;
      const person = personOf(state, turn.data.record, opened['person']);
      if (person !== null && typeof person === 'object') return person;
      const { seat, ...call } = payload;
      if (call.outcome !== 'ACCEPTED') return accept([{ type: 'draw.called', at, ...call, slot: null, party: null }]);
      return accepted(state, asked, at, place, person);
    },
  }),
  'draw.record-exhaustion': command({
    schema: zNothing,
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    decide: (state, { party }, { at }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue has the list of candidates');
      const slots = wantedSlots(state).map(({ slot }) => slot);
      if (slots.length === 0) return refuse('E_ALREADY_DONE', 'no place waits for a call');
      return accept([{ type: 'draw.exhausted', at, slots }]);
    },
  }),
} as const;

/** The open place that this call is for, or why it is not this candidate's turn, as far as the record says. */
function placeOf(state: LotState, candidate: string, turn: Turn): DrawSlot | Refused {
  const { pool, seed, contacts, lastCall } = state.draw;
  if (pool === null || seed === null) return refuse('E_TOO_EARLY', 'the seed is not drawn');
  if (own(contacts, candidate) !== undefined) return refuse('E_ALREADY_DONE', 'this candidate was called');
  if (wantedPlaces(state) === 0)
    return refuse('E_DRAW_EXHAUSTED', 'nobody is to be called: every place is taken, or the pool is exhausted');
  if (turn.record.id !== candidate) return refuse('E_INPUT', 'secrets.turn.record: is of another candidate');
  if (!isInPool(profileFor(state), pool, turn)) return refuse('E_INPUT', 'secrets.turn.path: leads to another pool');
  const place = wantedSlots(state).find(({ slot }) => slot === turn.slot);
  if (place === undefined) return refuse('FORBIDDEN', `${turn.slot} waits for nobody`);
  if (!fits(turn.record, place)) return refuse('FORBIDDEN', `${candidate} does not fit ${turn.slot}`);
  // Nobody is preferred: turns go forward in the drawn order, unless a place has opened anew or the plan was changed.
  const isSameWalk = lastCall?.held.every((held) => heldPlaces(state).includes(held)) === true;
  if (isSameWalk && drawRank(profileFor(state), seed, candidate) < lastCall.rank)
    return refuse('FORBIDDEN', `${candidate} stands before who was called last`);
  return place;
}

/** Whom the record's commitment names; null where the list of an earlier engine names nobody. */
function personOf(state: LotState, { person: seal }: Candidate, given: JsonValue | undefined): string | null | Refused {
  if (seal === null) return null;
  const read = zPerson.safeParse(given);
  if (!read.success) return refuse('E_INPUT', 'secrets.person: who was called');
  const { id, salt } = read.data;
  if (sealOf(state, id, salt) !== seal) return refuse('OPENING_MISMATCH', 'secrets.person: is not who stands behind this pseudonym');
  return id;
}

function sealOf(state: LotState, id: string, salt: string): string | null {
  try {
    return profileFor(state).commitment(salt, canonicalText(id));
  } catch {
    // A salt of another length: it opens nothing.
    return null;
  }
}

/** The expert becomes a party; who he is stays in a part of its own. */
function accepted(
  state: LotState,
  { payload, opened }: Of<typeof commands.zRecordCall>,
  at: string,
  place: DrawSlot,
  person: string | null,
): Decision {
  const binding = zBinding.safeParse(opened['binding']);
  if (!binding.success) return refuse('E_INPUT', 'secrets.binding: who accepted');
  const party = nextExpert(state);
  if (binding.data.party !== party) return refuse('E_INPUT', `secrets.binding.party: the next expert is ${party}`);
  if (person !== null && binding.data.person?.id !== person)
    return refuse('E_INPUT', 'secrets.binding.person: another than who was called');
  // 条例 46 at the second of four moments (domain.md §3.6): whom it hits is recorded as RECUSED, and the next is called.
  const clash = clashWith(standingOf({ party, roles: ['expert'] }, binding.data), standingsOf(state));
  if (clash !== null) return refuse(clash.code, clash.message);
  const bound: Binding = binding.data;
  const sealed = sealedName(state, place.slot);
  if (sealed === null) return refuse('E_INPUT', 'the key of the mapping is no key: no place can be named under it');
  const { seat, ...call } = payload;
  return accept(
    [
      { type: 'draw.called', at, ...call, slot: sealed, party },
      { type: 'lot.party-admitted', party, roles: ['expert'], venue: place.venue, seat },
    ],
    { [`binding:${party}`]: bound },
  );
}
