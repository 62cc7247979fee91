import { fromHex, toHex, utf8 } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';

/**
 * Seed of a lot's draw: the hash of every opened nonce (architecture §3). `origin` names lot and round, so no contribution works twice.
 * `nonces`: party → nonce.
 */
export const drawSeed = (profile: CryptoProfile, origin: string, nonces: Readonly<Record<string, string>>): string =>
  profile.hashHex(
    [
      'draw',
      origin,
      ...Object.entries(nonces)
        .map(([party, nonce]) => `${party}:${nonce}`)
        .sort(),
    ].join('|'),
  );

/** A candidate's rank under a seed: the lowest is called first. A keyed hash, hexadecimal. */
export const drawRank = (profile: CryptoProfile, seed: string, candidate: string): string =>
  toHex(profile.mac(fromHex(seed), utf8(candidate)));

/**
 * Candidates in drawn order: by keyed hash of their pseudonym, so each order is as likely as any other, a candidate's place does not
 * depend on who else is in the pool, and taking one out moves nobody else. Replaces the shuffle of domain.md §5.4 (TV-DRAW-02).
 */
export const drawOrder = (profile: CryptoProfile, seed: string, candidates: readonly string[]): string[] =>
  candidates
    .map((id) => ({ id, rank: drawRank(profile, seed, id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
