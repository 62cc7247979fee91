import type { Archive, ArchivedHead, PlatformEntry } from '@app/archive';
import type { EntryHeader, JsonValue } from '@app/contracts';
import { canonicalText, fromHex, toHex, utf8 } from '@app/contracts';
import type { RecordedAct } from '@app/evaluation';
import { headPlace, headText, HeadTree, TreeHasher } from '@app/ledger';
import { type Certified, INSTALLATION } from './certified.js';
import { HEAD_EVERY, headOf, type Signers, treeOf } from './signed-heads.js';

/** Lots of the house beside the one that is played. */
const OTHER_LOTS = 2;
const ORIGIN = `${INSTALLATION}/platform`;

interface Lot {
  readonly origin: string;
  readonly headers: readonly EntryHeader[];
  readonly acts: readonly RecordedAct[];
  /** Sizes of the lot in the batches after its acts, if others than they were. */
  readonly sizes?: readonly number[];
  /** What is otherwise in the header of a batch than it was. */
  readonly lie?: (seq: number) => { readonly at?: string; readonly type?: string };
}

interface Batch {
  readonly at: string;
  readonly size: number;
  readonly commitment: string;
}

type Head = Pick<ArchivedHead, 'size' | 'root' | 'previous' | 'salt' | 'branch'>;

/**
 * The platform log of a house: an entry for each act before the deadline, which commits to it, then some more; each with a root over the
 * heads of all lots as they were.
 */
export function platformOf(keys: Certified, lot: Lot, signers: Signers): Pick<Archive, 'acts' | 'heads' | 'platformCheckpoint'> {
  const { profile } = keys;
  const tree = treeOf(keys, lot.headers);
  const heads: { readonly head: Head; readonly batch: number }[] = [];
  const batches = batchesOf(keys, lot);
  const entries = batches.map(({ at, size, commitment }, seq): Omit<PlatformEntry, 'path'> => {
    const newest = heads.at(-1);
    const committed = { origin: lot.origin, size, root: toHex(tree.root(size)), previous: newest?.batch ?? null };
    const { seed, root, ...stands } = rootOver(keys, committed);
    if (size !== newest?.head.size || seq === batches.length - 1) heads.push({ head: { ...committed, ...stands }, batch: seq });
    const opening = { salt: profile.newSalt(), text: canonicalText(partOf(seq, at, { commitments: [commitment], heads: { seed, root } })) };
    const parts = { command: profile.commitment(opening.salt, opening.text) };
    return { batch: seq, header: { v: 1, seq, at, type: 'platform.commit-acts', parts, ...lot.lie?.(seq) }, opening };
  });
  const log = treeOf(
    keys,
    entries.map(({ header }) => header),
  );
  const proven = (seq: number): PlatformEntry => {
    const entry = entries[seq];
    if (entry === undefined) throw new Error(`there is no platform entry ${seq}`);
    return { ...entry, path: log.inclusionProof(seq, entries.length).map(toHex) };
  };
  return {
    platformCheckpoint: headOf(keys, ORIGIN, log, entries.length, batches.at(-1)?.at ?? '', signers),
    acts: lot.acts.map(({ platform: { seq, index } }) => ({ ...proven(seq), index, commitment: batches[seq]?.commitment ?? '' })),
    heads: heads.map(({ head: { size, root, previous, salt, branch }, batch }) => ({
      ...proven(batch),
      size,
      root,
      previous,
      salt,
      branch,
    })),
  };
}

function batchesOf({ profile }: Certified, { headers, acts, sizes }: Lot): Batch[] {
  const sizeAt = (at: string): number => Math.max(1, headers.filter((header) => header.at <= at).length);
  const withAct = acts.map(({ platform, ...content }): Batch => {
    const { at } = content;
    return { at, size: sizeAt(at), commitment: profile.commitment(platform.salt, canonicalText(content)) };
  });
  const locked = withAct.at(-1)?.size ?? 0;
  const every = Array.from({ length: Math.floor(headers.length / HEAD_EVERY) }, (_none, index) => (index + 1) * HEAD_EVERY);
  // Twice at the end: the newest batch says that the lot had not grown.
  const later = sizes ?? [...every.filter((size) => size > locked && size < headers.length), headers.length, headers.length];
  const without = later.map((size): Batch => ({ at: headers[size - 1]?.at ?? '', size, commitment: profile.hashHex(profile.newSalt()) }));
  return [...withAct, ...without];
}

/** A root over the lot's head and those of others. */
function rootOver(
  { profile }: Certified,
  head: Parameters<typeof headText>[0],
): { readonly seed: string; readonly root: string } & Pick<ArchivedHead, 'salt' | 'branch'> {
  const { hash, hashHex, newSalt } = profile;
  const [salt, seed] = [newSalt(), hashHex(newSalt())];
  const placeOf = (origin: string): number => headPlace(hash, fromHex(seed), origin);
  const others = Array.from({ length: OTHER_LOTS }, () => [placeOf(newSalt()), hash(utf8(newSalt()))] as const);
  const leaves = new Map([...others, [placeOf(head.origin), fromHex(profile.commitment(salt, headText(head)))] as const]);
  const tree = new HeadTree(new TreeHasher(hash), leaves, (level, index) => hash(utf8(`${salt} ${level} ${index}`)));
  return { seed, root: toHex(tree.root()), salt, branch: tree.branch(placeOf(head.origin)).map(toHex) };
}

/** The main venue's own command for a batch. */
function partOf(seq: number, at: string, payload: JsonValue): JsonValue {
  const id = `01a0c000-0000-7000-9000-${String(seq).padStart(12, '0')}`;
  const actor = { party: 'node:main' };
  const log = { v: 1, id, origin: ORIGIN, lot: null, round: null };
  return {
    command: { ...log, type: 'platform.commit-acts', step: '', public: payload, secrets: {}, actor, at, basis: 0 },
    context: { v: 1, at, engine: 'platform', actor: { ...actor, assurance: 'node' }, certificate: 'node', facts: {} },
  };
}
