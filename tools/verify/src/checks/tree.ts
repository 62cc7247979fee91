import type { Archive } from '@app/archive';
import { toHex } from '@app/contracts';
import { flatHashes, headerLeaf, rootOfLeafHashes, TreeHasher } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { Findings } from '../report.js';
import type { CheckResult } from '../report.js';

/** The tree as this verifier computed it: nothing of it is taken from the archive's own list of leaves. */
export interface ComputedTree {
  readonly hasher: TreeHasher;
  /** Leaf hashes back to back, 32 bytes each. */
  readonly leaves: Uint8Array;
  /** Root of the first `size` leaves. */
  readonly rootAt: (size: number) => Uint8Array;
}

/** Hashes every header; the archive's list of leaves says which header is wrong when the root does not fit. */
export function checkTree(archive: Archive, profile: CryptoProfile): { result: CheckResult; tree: ComputedTree } {
  const findings = new Findings('leaves', 'every header hashes to its leaf');
  const hasher = new TreeHasher(profile.hash);
  const hashes = archive.entries.map((entry, index) => {
    const leaf = headerLeaf(hasher, entry.header);
    findings.check(toHex(leaf) === archive.leaves[index], `entry ${index}`, 'header and leaf do not fit');
    return leaf;
  });
  findings.check(
    archive.leaves.length === hashes.length,
    'log/leaves.txt',
    () => `names ${archive.leaves.length} leaves, there are ${hashes.length} entries`,
  );
  const leaves = flatHashes(hashes);
  const rootAt = (size: number): Uint8Array => rootOfLeafHashes(hasher, leaves.subarray(0, size * 32));
  return { result: findings.result(), tree: { hasher, leaves, rootAt } };
}
