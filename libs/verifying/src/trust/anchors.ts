import type { Trust } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import { witnessDemand } from '@app/evaluation';
import { formatVerifierKey, LedgerFormatError, parsePolicy } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { readCertificate } from '@app/sealing';

/** One key that is believed before anything is read: whose it is, and the key as text (of a root the hash of its certificate). */
export interface Anchor {
  readonly kind: 'log' | 'witness' | 'node' | 'root';
  readonly name: string;
  readonly key: string;
}

/** The keys of a trust file, in one order whatever the order there. A policy that cannot be read names no witness. */
export function anchorsOf(profile: CryptoProfile, { roots, logKey, policy, nodeKeys, installation }: Trust): Anchor[] {
  const all: Anchor[] = [
    { kind: 'log', name: installation, key: logKey },
    ...witnessesOf(profile, policy),
    ...Object.entries(nodeKeys).map(([name, key]): Anchor => ({ kind: 'node', name, key })),
    ...roots.map((der): Anchor => {
      const facts = readCertificate(profile, der);
      return { kind: 'root', name: facts?.subjectText ?? '', key: facts?.fingerprint ?? profile.hashHex(der) };
    }),
  ];
  const place = ({ kind, name, key }: Anchor): string => [String(KINDS.indexOf(kind)), name, key].join('\n');
  return all.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
const KINDS: readonly Anchor['kind'][] = ['log', 'witness', 'node', 'root'];

function witnessesOf({ hash }: CryptoProfile, policy: string): Anchor[] {
  try {
    return parsePolicy(hash, policy).witnesses.map(({ key }) => ({
      kind: 'witness',
      name: key.keyName,
      key: formatVerifierKey(hash, key),
    }));
  } catch (error) {
    if (error instanceof LedgerFormatError) return [];
    throw error;
  }
}

/**
 * What people compare: SHA-256, hexadecimal, over every key and over how many witnesses suffice. How witnesses are reached and how a policy
 * names its groups is left out, so that a server's list and a printed one agree.
 */
export function trustFingerprint(profile: CryptoProfile, trust: Trust): string {
  const keys = anchorsOf(profile, trust).map(({ kind, name, key }) => [kind, name, key]);
  return profile.hashHex(canonicalText({ v: 1, installation: trust.installation, quorum: witnessDemand(profile, trust.policy), keys }));
}

/** The anchors of `pinned` in whose place `told` names another key, or none. Whatever `told` has beside them is not asked. */
export function otherAnchors(profile: CryptoProfile, pinned: Trust, told: Trust): Anchor[] {
  const named = new Set(anchorsOf(profile, told).map(({ kind, name, key }) => [kind, name, key].join('\n')));
  return anchorsOf(profile, pinned).filter(({ kind, name, key }) => !named.has([kind, name, key].join('\n')));
}
