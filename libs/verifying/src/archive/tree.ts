import type { Archive } from '@app/archive';
import { toHex } from '@app/contracts';
import { flatHashes, headerLeaf, MerkleTree, TreeHasher } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import type { CheckResult } from '../findings.js';
import { EntryPlace, Findings } from '../findings.js';

/**
 * Hashes every header: nothing of the tree is taken from the archive's own list of leaves, which only says which header is wrong when the
 * root does not fit. Every earlier root comes out of the one tree, so heads cost no second pass.
 */
export function checkTree(archive: Archive, profile: CryptoProfile): { result: CheckResult; tree: MerkleTree } {
  const findings = new Findings('leaves', 'every header hashes to its leaf');
  const hasher = new TreeHasher(profile.hash);
  const hashes = archive.entries.map(({ header }, index) => {
    const leaf = headerLeaf(hasher, header);
    findings.check(toHex(leaf) === archive.leaves[index], new EntryPlace(index, header.type), 'header and leaf do not fit');
    return leaf;
  });
  findings.check(
    archive.leaves.length === hashes.length,
    'log/leaves.txt',
    () => `names ${archive.leaves.length} leaves, there are ${hashes.length} entries`,
  );
  return { result: findings.result(), tree: new MerkleTree(hasher, flatHashes(hashes)) };
}
