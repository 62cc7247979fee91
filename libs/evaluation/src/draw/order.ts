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

/**
 * Candidates in drawn order: by keyed hash of their pseudonym, so each order is as likely as any other, a candidate's place does not
 * depend on who else is in the pool, and taking one out moves nobody else. Replaces the shuffle of domain.md §5.4 (TV-DRAW-02).
 */
export function drawOrder(profile: CryptoProfile, seed: string, candidates: readonly string[]): string[] {
  const key = fromHex(seed);
  return candidates
    .map((id) => ({ id, rank: toHex(profile.mac(key, utf8(id))) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}
