import type { LotStatus } from '../kernel/status.js';
import { type LotState, own } from '../kernel/state.js';
import type { Candidate } from './commands.js';
import { growMatching } from './matching.js';
import type { DrawSlot } from './state.js';

/** From publication to the last replacement during the evaluation. */
export const DRAW_STATES: readonly LotStatus[] = [
  'PUBLISHED',
  'SUBMISSION_OPEN',
  'SUBMISSION_CLOSED',
  'OPENING',
  'OPENED',
  'QUALIFICATION_BY_PURCHASER',
  'COMMITTEE_READY',
  'EVALUATING',
  'RE_EVALUATION',
];

const fits = (candidate: Candidate, slot: DrawSlot): boolean =>
  candidate.specialties.some((code) => code.startsWith(slot.specialty)) && (slot.city === null || candidate.city === slot.city);

/** Places nobody holds: never filled, or left by who had them. */
export const openSlots = (state: LotState): DrawSlot[] =>
  (state.draw.request?.slots ?? []).filter(({ slot }) => {
    const holder = own(state.draw.filled, slot);
    return holder === undefined || own(state.parties, holder.party)?.roles.length === 0;
  });

/**
 * Who is to be contacted now, and for which place. Whoever accepted holds his place for good (he was told where to come); whoever
 * declined, did not answer, was recused or left is passed over; the walk goes on in the same order, so no new randomness is needed.
 */
export function dueContacts(state: LotState): { candidate: string; slot: DrawSlot }[] {
  const { pool, order, contacts, seed } = state.draw;
  if (seed === null || pool === null) return [];
  const known = new Map(pool.candidates.map((candidate) => [candidate.id, candidate]));
  const slots = new Map(openSlots(state).map((slot) => [slot.slot, slot]));
  const matched = growMatching(
    order.filter((id) => own(contacts, id) === undefined),
    {
      slots: [...slots.keys()],
      fits: (id, name) => {
        const [candidate, slot] = [known.get(id), slots.get(name)];
        return candidate !== undefined && slot !== undefined && fits(candidate, slot);
      },
    },
  );
  return [...matched].flatMap(([name, candidate]) => {
    const slot = slots.get(name);
    return slot === undefined ? [] : [{ candidate, slot }];
  });
}

/** Places for which the pool has nobody left (E_DRAW_EXHAUSTED): the plan must be widened by a new request. */
export function exhaustedSlots(state: LotState): string[] {
  if (state.draw.seed === null) return [];
  const due = new Set(dueContacts(state).map(({ slot }) => slot.slot));
  return openSlots(state).flatMap(({ slot }) => (due.has(slot) ? [] : [slot]));
}

/** Pseudonym of the next expert who accepts: they are counted as they come, whoever has left. */
export const nextExpert = (state: LotState): string =>
  `expert-${Object.values(state.parties).filter(({ admittedAs }) => admittedAs.includes('expert')).length + 1}`;
