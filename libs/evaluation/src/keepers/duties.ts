import { duty, type Duty, type Purpose, type Roof } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { drillDuties } from './drill.js';
import { keeperPlan } from './ring.js';

/** Suffix of a repeat: `review:2`, `scores:technical.2`; see `purposeOf`. */
const ATTEMPT = /^[.:][a-z0-9-]{1,40}$/;

/** The slice's word on a purpose, if any slice seals boxes of this kind. */
export const purposeNamed = (state: LotState, roof: Roof, name: string): Purpose | undefined =>
  roof.purposes(state).find(({ family }) => name === family || (name.startsWith(family) && ATTEMPT.test(name.slice(family.length))));

/**
 * May this keeper now release its key for this purpose? A keeper that is a process asks its own verifier's state, under a quorum
 * checkpoint, and acts when the answer turns to yes.
 */
export function isReleasable(state: LotState, roof: Roof, purpose: string, party: string): boolean {
  if (!keeperPlan(state, purpose).parties.includes(party)) return false;
  if (own(own(state.keepers.published, purpose) ?? {}, party) === undefined) return false;
  return purposeNamed(state, roof, purpose)?.opens(purpose) === true;
}

/** Purposes that this keeper must have a key for by now and has none. */
export const keysOwed = (state: LotState, party: string, roof: Roof): string[] =>
  roof
    .purposes(state)
    .filter(({ isDue }) => isDue)
    .map(({ current }) => current)
    .filter(
      (purpose) =>
        keeperPlan(state, purpose).parties.includes(party) && own(own(state.keepers.published, purpose) ?? {}, party) === undefined,
    );

/** Purposes whose keys this keeper owes now. */
export const releasesOwed = (state: LotState, party: string, roof: Roof): string[] =>
  Object.keys(state.keepers.published).filter(
    (purpose) => isReleasable(state, roof, purpose, party) && own(own(state.keepers.released, purpose) ?? {}, party) === undefined,
  );

export const keepersDuties = (state: LotState, party: string, roof: Roof): Duty[] => [
  ...keysOwed(state, party, roof).map((purpose) => duty('sealing.publish-key', purpose)),
  ...releasesOwed(state, party, roof).map((purpose) =>
    duty('sealing.release', purpose, purposeNamed(state, roof, purpose)?.notBefore ?? null),
  ),
  ...drillDuties(state, party),
];
