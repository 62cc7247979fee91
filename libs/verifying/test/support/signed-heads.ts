import type { EntryHeader } from '@app/contracts';
import {
  cosign,
  flatHashes,
  formatCheckpoint,
  formatNote,
  headerLeaf,
  MerkleTree,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
} from '@app/ledger';
import { noteSigner, noteSuite } from '@app/sealing';
import { type Certified, INSTALLATION } from './certified.js';

/** Entries between two heads that had a quorum, and between two that the platform log committed to. */
export const HEAD_EVERY = 50;
/** Of the three witnesses of the policy. */
const QUORUM = 2;
const WITNESS = { alone: false, witnessed: true } as const;
export type Signers = keyof typeof WITNESS;

/** The tree over these headers. */
export function treeOf({ profile }: Certified, headers: readonly EntryHeader[]): MerkleTree {
  const hasher = new TreeHasher(profile.hash);
  return new MerkleTree(hasher, flatHashes(headers.map((header) => headerLeaf(hasher, header))));
}

/** A head of the log's first `size` entries, signed by the log and, unless the main venue is alone, by its witnesses. */
export function headOf(keys: Certified, origin: string, tree: MerkleTree, size: number, at: string, signers: Signers): string {
  const suite = noteSuite(keys.profile);
  const text = formatCheckpoint({ origin, size, root: tree.root(size) });
  const time = Math.floor(Date.parse(at) / 1_000);
  // A quorum and no more: else a cosignature could be left out, and the archive be as good as before.
  const witnesses = WITNESS[signers] ? [...keys.witnesses].slice(0, QUORUM) : [];
  const signatures = [
    ...signNote(suite, text, noteSigner(keys.logSigner, origin, SIGNATURE_TYPE.note)).signatures,
    ...witnesses.map(([name, signer]) =>
      cosign(suite, text, noteSigner(signer, `${INSTALLATION}/witness/${name}`, SIGNATURE_TYPE.cosignature), time),
    ),
  ];
  return formatNote({ text, signatures });
}
