import type { Trust } from '@app/contracts';
import type { Policy, PolicyWitness } from '@app/ledger';
import { formatPolicy, LedgerFormatError, parseVerifierKey } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';

const GROUP = 'quorum-of-witnesses';

/** The standing policy of an installation: a majority of its witnesses; without any, no quorum is asked. */
export function majorityOf(witnesses: readonly PolicyWitness[]): Policy {
  const members = witnesses.map(({ name }) => name);
  if (members.length === 0) return { logs: [], witnesses, groups: [], quorum: null };
  return { logs: [], witnesses, groups: [{ name: GROUP, threshold: Math.floor(members.length / 2) + 1, members }], quorum: GROUP };
}

/**
 * What a venue says of the keys of its installation: a person compares
 * it with what he was given by another way before a device believes it.
 */
export interface NamedKeys {
  readonly installation: string;
  readonly logKey: string;
  /** DER certificates of the authorities. */
  readonly roots: readonly string[];
  readonly venues: readonly { readonly id: string; readonly nodeKey: string; readonly witnessKey: string | null }[];
}

/** These keys in the form of a trust file. A witness key that cannot be read is left out: it can cosign nothing. */
export function trustOf({ hash }: CryptoProfile, { installation, logKey, roots, venues }: NamedKeys): Trust {
  const witnesses = venues.flatMap(({ id, witnessKey }): PolicyWitness[] => {
    try {
      return witnessKey === null ? [] : [{ name: id, key: parseVerifierKey(hash, witnessKey), url: null }];
    } catch (error) {
      if (error instanceof LedgerFormatError) return [];
      throw error;
    }
  });
  return {
    v: 1,
    installation,
    roots: [...roots].sort(),
    logKey,
    policy: formatPolicy(hash, majorityOf(witnesses)),
    nodeKeys: Object.fromEntries(venues.map(({ id, nodeKey }) => [`node:${id}`, nodeKey])),
  };
}
