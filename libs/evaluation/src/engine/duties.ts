import { keysOwed, purposeNamed, releasesOwed } from '../keepers/duties.js';
import type { Duty } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { ROOF, SLICES } from './slices.js';

/**
 * What the lot waits for from this party: the list of tasks on its screen, and what a node does by itself. Advice only: `decide` alone
 * says what is allowed.
 */
export function owed(state: LotState, party: string): Duty[] {
  if (own(state.parties, party) === undefined || state.status === 'SUSPENDED') return [];
  return SLICES.flatMap((slice) => slice.duties?.(state, party, ROOF) ?? []);
}

/** Purposes that this keeper must have a key for by now and has none: bids before publication, sheets and ballots before their step. */
export const owedKeys = (state: LotState, party: string): string[] => keysOwed(state, party, ROOF);
/** Purposes whose keys this keeper owes now. */
export const owedReleases = (state: LotState, party: string): string[] => releasesOwed(state, party, ROOF);
/** May boxes of this purpose be opened now, whoever asks? */
export const isOpenable = (state: LotState, purpose: string): boolean => purposeNamed(state, ROOF, purpose)?.opens(purpose) === true;
