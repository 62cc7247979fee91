import type { LotState } from '../model/state.js';
import { own } from '../model/state.js';
import { keeperPlan } from './manifest.js';

/** When the boxes of a purpose may be opened (architecture §3); the first row whose prefix fits decides. */
const CONDITIONS: readonly { readonly prefix: string; readonly holds: (state: LotState, purpose: string) => boolean }[] = [
  {
    // Locked, at least three bids, the session started and its list published, not paused.
    prefix: 'bids',
    holds: (state) =>
      state.status === 'OPENING' &&
      (state.opening.step === 'LIST_PUBLISHED' || state.opening.step === 'DECRYPTING') &&
      state.opening.paused === null,
  },
];

/**
 * May this keeper now release its key for this purpose? A keeper that is a process asks its own verifier's state, under a quorum
 * checkpoint, and acts when the answer turns to yes.
 */
export function releasable(state: LotState, purpose: string, party: string): boolean {
  if (!keeperPlan(state, purpose).parties.includes(party)) return false;
  if (own(own(state.keepers.published, purpose) ?? {}, party) === undefined) return false;
  return isOpenable(state, purpose);
}

/** The condition itself, whoever asks. */
export const isOpenable = (state: LotState, purpose: string): boolean =>
  CONDITIONS.find(({ prefix }) => purpose === prefix || purpose.startsWith(`${prefix}:`))?.holds(state, purpose) ?? false;

/** Purposes whose keys this keeper owes now. */
export const owedReleases = (state: LotState, party: string): string[] =>
  Object.keys(state.keepers.published).filter(
    (purpose) => releasable(state, purpose, party) && own(own(state.keepers.released, purpose) ?? {}, party) === undefined,
  );
