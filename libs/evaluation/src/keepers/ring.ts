import { type KeeperPlan, profileFor } from '../lot/index.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import type { KeyRing } from '../sealed-step/index.js';

/** Which keepers a purpose has: opening trustees for bids, the nodes' keepers for everything the committees seal. */
export const keeperPlan = (state: LotState, purpose: string): KeeperPlan =>
  purpose === 'bids' ? state.setup.keepers.bids : state.setup.keepers.sheets;

/** The keepers of a lot and their keys, as this reader sees them. */
export const ringOf = (state: LotState): KeyRing => ({
  profile: profileFor(state),
  origin: state.origin,
  keepers: (purpose) => {
    const keys = own(state.keepers.published, purpose) ?? {};
    const { parties, threshold } = keeperPlan(state, purpose);
    const keepers = parties.flatMap((party) => {
      const publicKey = own(keys, party);
      return publicKey === undefined ? [] : [{ party, publicKey }];
    });
    return { keepers, threshold, missing: parties.find((party) => own(keys, party) === undefined) ?? null };
  },
  releases: (purpose) =>
    Object.entries(own(state.keepers.released, purpose) ?? {}).flatMap(([party, seq]) => {
      const privateKey = disclosed(state, seq, 'x:private-key');
      return typeof privateKey === 'string' ? [{ party, privateKey }] : [];
    }),
  part: (seq, name) => disclosed(state, seq, name),
});

/** Enough keepers have released: whoever holds the manifest and the keys can open. */
export const isReleased = (state: LotState, purpose: string): boolean =>
  Object.keys(own(state.keepers.released, purpose) ?? {}).length >= keeperPlan(state, purpose).threshold;

/** Some keeper has released: the purpose keeps nothing secret any more, so a repeat needs the next. */
export const isSpent = (state: LotState, purpose: string): boolean => Object.keys(own(state.keepers.released, purpose) ?? {}).length > 0;
