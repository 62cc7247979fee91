import type { Archive, ArchivedBlob, ArchivedEntry } from '@app/archive';
import type { EntryHeader, JsonValue } from '@app/contracts';
import { canonicalText, toHex } from '@app/contracts';
import type { RecordedAct } from '@app/evaluation';
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
import { bytesAsSource, crc32, noteSigner, noteSuite } from '@app/sealing';
import type { Play } from '@app/testing/play';
import { poolOf } from '@app/testing/play';
import { type Certified, INSTALLATION } from './certified.js';

/** Entries between two heads that had a quorum. */
const HEAD_EVERY = 50;
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

/** What follows from the entries of an archive: leaves, heads, number of entries. */
export function sealedAs(keys: Certified, archive: Omit<Archive, 'leaves' | 'checkpoint' | 'history'>, signers: Signers): Archive {
  const headers = archive.entries.map(({ header }) => header);
  const tree = treeOf(keys, headers);
  const { origin } = archive.head;
  const size = headers.length;
  const head = (of: number): string => headOf(keys, origin, tree, of, headers[of - 1]?.at ?? '', signers);
  const earlier = Array.from({ length: Math.floor((size - 1) / HEAD_EVERY) }, (_none, index) => (index + 1) * HEAD_EVERY);
  return {
    ...archive,
    head: { ...archive.head, size },
    leaves: headers.map((_header, index) => toHex(tree.leafHash(index))),
    checkpoint: head(size),
    history: earlier.map(head),
  };
}

/** The archive that an honest main venue gives out of a lot as it was played: everything in it, as its own node sees it. */
export function archiveOf({ table, desks, acts, ...play }: Play, keys: Certified): Archive {
  const { installation, lot, round, state, run, profile } = table;
  const entries = table.sent.map((sent): ArchivedEntry => ({ ...sent, erased: [] }));
  const ciphertexts = desks.flatMap(({ made }) => (made === undefined ? [] : [made.ciphertext]));
  const pool = state.draw.pool === null ? [] : [poolOf({ table, desks, acts, ...play }).bytes()];
  const blobs = new Map([...ciphertexts, ...pool].map((bytes) => [profile.hashHex(bytes), blobOf(bytes)]));
  const platform = platformOf(keys, acts, 'witnessed');
  return sealedAs(
    keys,
    {
      head: {
        v: 1,
        kind: 'lot',
        installation,
        origin: state.origin,
        lot,
        round,
        size: entries.length,
        engine: run.engine,
        profile: profile.id,
      },
      entries,
      policy: state.setup.witnessPolicy,
      ...platform,
      blobs,
    },
    'witnessed',
  );
}

export const blobOf = (bytes: Uint8Array): ArchivedBlob => ({ ...bytesAsSource(bytes), crc: crc32(bytes) });

/** The platform log of a house with one lot: an entry for each act before the deadline, which commits to it. */
export function platformOf(keys: Certified, acts: readonly RecordedAct[], signers: Signers): Pick<Archive, 'acts' | 'platformCheckpoint'> {
  const { profile } = keys;
  const lines = acts.map(({ platform, ...content }) => {
    const commitment = profile.commitment(platform.salt, canonicalText(content));
    const opening = { salt: profile.newSalt(), text: canonicalText(batchOf(content, commitment)) };
    const parts = { command: profile.commitment(opening.salt, opening.text) };
    const header: EntryHeader = { v: 1, seq: platform.seq, at: content.at, type: 'platform.commit-acts', parts };
    return { commitment, batch: platform.seq, index: platform.index, header, opening };
  });
  if (lines.length === 0) return { platformCheckpoint: null, acts: [] };
  const tree = treeOf(
    keys,
    lines.map(({ header }) => header),
  );
  return {
    platformCheckpoint: headOf(keys, `${INSTALLATION}/platform`, tree, lines.length, acts.at(-1)?.at ?? '', signers),
    acts: lines.map((line) => ({ ...line, path: tree.inclusionProof(line.batch, lines.length).map(toHex) })),
  };
}

/** The main venue's own command that commits to one act. */
const batchOf = ({ command, at }: Omit<RecordedAct, 'platform'>, commitment: string): JsonValue => ({
  command: { ...command, type: 'platform.commit-acts', public: { commitments: [commitment] }, secrets: {}, actor: { party: 'node:main' } },
  context: { v: 1, at, engine: 'platform', actor: { party: 'node:main', assurance: 'node' }, certificate: 'node', facts: {} },
});
