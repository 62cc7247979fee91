import type { Archive, ArchivedBlob, ArchivedEntry } from '@app/archive';
import { toHex } from '@app/contracts';
import { bytesAsSource, crc32 } from '@app/sealing';
import type { Play } from '@app/testing/play';
import { poolOf } from '@app/testing/play';
import type { Certified } from './certified.js';
import { platformOf } from './platform-log.js';
import { HEAD_EVERY, headOf, type Signers, treeOf } from './signed-heads.js';

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
  const headers = entries.map(({ header }) => header);
  const platform = platformOf(keys, { origin: state.origin, headers, acts }, 'witnessed');
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
