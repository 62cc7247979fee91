import type { JsonValue } from '@app/contracts';
import { checkRelease, decodePublicKey } from '@app/sealing';
import { profileFor } from '../lot/index.js';
import type { LotState } from '../kernel/state.js';

/** A key that shares can be wrapped to. */
export const isPurposeKey = (publicKey: string): boolean => decodePublicKey(publicKey)?.kind === 'agreement';

/** Whether a released private key belongs to the published public one. */
export const keyFits = (state: LotState, privateKey: JsonValue | undefined, publicKey: string): boolean =>
  typeof privateKey === 'string' && checkRelease(profileFor(state), { party: 'keeper', publicKey }, privateKey) === null;
