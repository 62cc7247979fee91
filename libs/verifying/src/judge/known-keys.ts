import type { Trust } from '@app/archive';
import { formatVerifierKey, LedgerFormatError, parsePolicy } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';

/** A key of a venue's node or witness that was replaced: what was founded by `until` goes on under it. */
export interface RetiredKey {
  readonly venue: string;
  readonly key: string;
  /** ISO 8601. */
  readonly until: string;
}

/** Whom a judge believes before he reads anything, from outside of the log. */
export interface Anchors extends Pick<Trust, 'roots' | 'nodeKeys'> {
  /** Keys (`<name>+<id>+<key>`) by which a witness may stand in a lot's policy; left out where this reader was not told. */
  readonly witnessKeys?: readonly string[];
  readonly retired?: readonly RetiredKey[];
}

/** The keys of a node that count in a lot which was founded at this instant: `<venue>` or `node:<venue>`. */
export function nodeKeysOf({ nodeKeys, retired = [] }: Anchors, name: string, foundedAt: string): readonly string[] {
  const venue = name.replace(/^node:/, '');
  const current = nodeKeys[`node:${venue}`] ?? nodeKeys[venue];
  const before = retired.filter((one) => one.venue === venue && foundedAt <= one.until).map(({ key }) => key);
  return current === undefined ? before : [current, ...before];
}

/**
 * The first witness of a lot's frozen policy of whom this reader has never heard, by name; null when there is none, and where he was told of no
 * witness. That a policy which cannot be read has no quorum is the rules' finding.
 */
export function strangeWitness(profile: CryptoProfile, anchors: Anchors, policy: string, foundedAt: string): string | null {
  const { witnessKeys, retired = [] } = anchors;
  if (witnessKeys === undefined) return null;
  const known = new Set([...witnessKeys, ...retired.filter(({ until }) => foundedAt <= until).map(({ key }) => key)]);
  return witnessesOf(profile, policy).find(({ key }) => !known.has(key))?.name ?? null;
}

function witnessesOf({ hash }: CryptoProfile, text: string): { readonly name: string; readonly key: string }[] {
  try {
    return parsePolicy(hash, text).witnesses.map(({ name, key }) => ({ name, key: formatVerifierKey(hash, key) }));
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error;
    return [];
  }
}
