import type { Answer, Outcome } from '@app/contracts';
import { canonicalBytes, fromHex, toHex } from '@app/contracts';
import { MerkleTree, TreeHasher, verifyInclusion } from '@app/ledger';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { signWith, verifyWith } from '@app/sealing';

/**
 * Both ends of a signed answer. A group commit decides many commands at once and signs once: over number and root of an
 * RFC 9162 tree whose leaves are the canonical outcomes. Each answer carries its own path.
 */

/** Signs the outcomes of one group commit; gives one answer for each, in order. The venue's end. */
export function signAnswers(hasher: TreeHasher, signer: LocalSigner, outcomes: readonly Outcome[]): Answer[] {
  const tree = MerkleTree.overRecords(
    hasher,
    outcomes.map((outcome) => canonicalBytes(outcome)),
  );
  const size = outcomes.length;
  const root = toHex(tree.root());
  const signature = signWith(signer, 'answer', { root, size });
  return outcomes.map((outcome, index) => ({
    outcome,
    proof: { index, size, path: tree.inclusionProof(index, size).map(toHex), root, signature, key: signer.publicKey },
  }));
}

/** Whether the answer is the venue's own word: its place in the signed tree and the signature by `venueKey`, known from elsewhere. */
export function isGenuine(profile: CryptoProfile, answer: Answer, venueKey: string): boolean {
  const { index, size, path, root, signature, key } = answer.proof;
  if (key !== venueKey || !verifyWith(profile, venueKey, 'answer', { root, size }, signature)) return false;
  const hasher = new TreeHasher(profile.hash);
  const claim = { index, size, leafHash: hasher.leaf(canonicalBytes(answer.outcome)), root: fromHex(root) };
  return verifyInclusion(hasher, claim, path.map(fromHex));
}
