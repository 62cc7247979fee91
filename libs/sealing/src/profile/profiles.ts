import type { CryptoProfile, ProfileId } from './crypto-profile.js';
import { createProfile } from './crypto-profile.js';
import { PORTABLE_PRIMITIVES } from './portable-primitives.js';
import type { Primitives } from './primitives.js';

const PROFILE_IDS: readonly ProfileId[] = ['gp-std-1'];

/**
 * The profiles of this process. Written once, when `@app/sealing/node` is imported, by implementations with identical results;
 * so it does not matter to anybody who took a profile before.
 */
const profiles: Record<ProfileId, CryptoProfile> = { 'gp-std-1': createProfile('gp-std-1', PORTABLE_PRIMITIVES) };

/** Null for an id that this version does not know. */
export function findProfile(id: string): CryptoProfile | null {
  const known = PROFILE_IDS.find((name) => name === id);
  return known === undefined ? null : profiles[known];
}

/** Throws on an id that this version does not know: a lot of another profile must not be half understood. */
export function profileOf(id: string): CryptoProfile {
  const profile = findProfile(id);
  if (profile === null) throw new Error(`unknown crypto profile ${JSON.stringify(id.slice(0, 40))}`);
  return profile;
}

/** Puts a faster implementation behind a profile. */
export function accelerate(id: ProfileId, primitives: Primitives): void {
  profiles[id] = createProfile(id, primitives);
}
