import type { Opening } from '@app/contracts';
import { type CryptoProfile, profileOf } from '@app/sealing';
import type { LotState } from '../kernel/state.js';

/** The lot's frozen cryptography; nothing in this library names an algorithm. */
export const profileFor = (state: LotState): CryptoProfile => profileOf(state.setup.profile);

/** What the lot commits with over salt and text, hexadecimal. Throws on a salt that is none. */
export const commitmentOf = (state: LotState, { salt, text }: Opening): string => profileFor(state).commitment(salt, text);
