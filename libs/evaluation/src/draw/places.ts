import { fromBase64Url, toHex, utf8 } from '@app/contracts';
import { profileFor } from '../lot/index.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { Unseen } from '../kernel/unseen.js';
import { type Candidate, type DrawSlot, zMappingKey, zPlan } from './commands.js';

/**
 * Who fills which place tells what a drawn expert is (speciality, city), and the plan is everybody's. So a call names its place by a keyed
 * hash, and so are places named for which nobody is left: how many there are every reader knows, which ones only whoever sees the key of the
 * mapping (domain.md §2.2, "drawn identities"). Older engines named places as the plan does; such names stay what they are.
 */

export const fits = (candidate: Candidate, slot: DrawSlot): boolean =>
  candidate.specialties.some((code) => code.startsWith(slot.specialty)) && (slot.city === null || candidate.city === slot.city);

/** Places of the plan in force. Throws {@link Unseen} for whoever is not given it. */
export function plannedSlots(state: LotState): readonly DrawSlot[] {
  const { request } = state.draw;
  if (request === null) return [];
  if (request.listed !== null) return request.listed;
  const given = request.seq === null ? undefined : disclosed(state, request.seq, 'x:plan');
  if (given === undefined) throw new Unseen('plan');
  return zPlan.safeParse(given).data?.slots ?? [];
}

/** A place as calls name it; null where the key of the mapping is no key. Throws {@link Unseen} for whoever is not given it. */
export function sealedName(state: LotState, slot: string): string | null {
  const { pool } = state.draw;
  // Where the log itself holds the list (a lot of engine 0.1.0) there is no key, and nothing left to hide.
  if (pool?.seq == null) return slot;
  const given = disclosed(state, pool.seq, 'x:mapping');
  if (given === undefined) throw new Unseen('mapping');
  const key = zMappingKey.safeParse(given);
  try {
    return key.success ? toHex(profileFor(state).mac(fromBase64Url(key.data), utf8(`place|${slot}`))) : null;
  } catch {
    return null;
  }
}

/** Places that somebody holds, as their calls named them. */
export const heldPlaces = (state: LotState): string[] =>
  Object.entries(state.draw.filled).flatMap(([place, { party }]) => (own(state.parties, party)?.roles.length === 0 ? [] : [place]));

/** How many places nobody holds: never filled, or left by who had them. */
export const openPlaces = (state: LotState): number => (state.draw.request?.count ?? 0) - heldPlaces(state).length;

/** How many places somebody is still to be called for, as far as the record says. */
export const wantedPlaces = (state: LotState): number => (state.draw.seed === null ? 0 : openPlaces(state) - state.draw.exhausted.length);

/** Places nobody holds. Throws {@link Unseen} for whoever is not given the plan and the key of the mapping. */
export function openSlots(state: LotState): DrawSlot[] {
  const held = new Set(heldPlaces(state));
  const slots = plannedSlots(state);
  if (held.size === 0) return [...slots];
  return slots.filter(({ slot }) => !held.has(slot) && !held.has(sealedName(state, slot) ?? ''));
}

/** Open places for which the pool may have somebody left; for whom {@link openSlots} is. */
export function wantedSlots(state: LotState): DrawSlot[] {
  if (state.draw.seed === null) return [];
  const exhausted = new Set(state.draw.exhausted);
  if (exhausted.size === 0) return openSlots(state);
  return openSlots(state).filter(({ slot }) => !exhausted.has(slot) && !exhausted.has(sealedName(state, slot) ?? ''));
}

/** {@link wantedSlots} as the record names them; null where the key of the mapping is no key. */
export function wantedNames(state: LotState): string[] | null {
  const names = wantedSlots(state).map(({ slot }) => sealedName(state, slot));
  return names.some((name) => name === null) ? null : names.filter((name) => name !== null).sort();
}
