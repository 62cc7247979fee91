import { type LotState, own } from '../kernel/state.js';
import type { Candidate, DrawSlot } from './commands.js';
import { growMatching } from './matching.js';
import { fits, openSlots } from './places.js';

/** Whose turn it is, and for which place. */
export interface NextTurn {
  readonly candidate: Candidate;
  readonly slot: DrawSlot;
}

/**
 * Whose turn it is in a lot whose seed is drawn; null when nobody is left for any open place. `drawn`: the whole pool in drawn order,
 * which only the main venue and the verifier have. Whoever accepted holds his place for good (he was told where to come); whoever declined,
 * did not answer, was recused or left is passed over; the walk goes on in the same order, so no new randomness is needed.
 *
 * One at a time, the first of those with whom the most places are filled. He is the first who fits any open place: whoever stands before
 * him fits none and is of no use, so turns never go back in the drawn order while no place opens anew. Everybody can check that without
 * the list.
 */
export function nextTurn(state: LotState, drawn: readonly Candidate[]): NextTurn | null {
  const slots = new Map(openSlots(state).map((slot) => [slot.slot, slot]));
  const isUseful = (candidate: Candidate): boolean => [...slots.values()].some((slot) => fits(candidate, slot));
  const left = drawn.filter((candidate) => own(state.draw.contacts, candidate.id) === undefined && isUseful(candidate));
  const known = new Map(left.map((candidate) => [candidate.id, candidate]));
  const matched = growMatching([...known.keys()], {
    slots: [...slots.keys()],
    fits: (id, name) => {
      const [candidate, slot] = [known.get(id), slots.get(name)];
      return candidate !== undefined && slot !== undefined && fits(candidate, slot);
    },
  });
  const [first] = left;
  const slot = [...matched].find(([, id]) => id === first?.id)?.[0];
  const place = slot === undefined ? undefined : slots.get(slot);
  return first === undefined || place === undefined ? null : { candidate: first, slot: place };
}
