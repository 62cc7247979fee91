import type { AccessProof, Export, Segment, SentEntry } from '@app/contracts';
import { canonicalBytes, toBase64Url, trackKey } from '@app/contracts';
import { buildProof, formatReceipt, nodeReaderOfLeaves, planInclusion, type TreeHasher } from '@app/ledger';
import { packContainer } from '@app/sealing';
import type { Lane, LaneSegment, SpanMs } from './timeline.js';

/** A copy is made in memory: more than this is made in several. */
export const CLIP_BYTES_MAX = 256 << 20;

/** A segment of the copy: ciphertext as it was landed, the key that opens it at its place, and the file that comes out. */
export interface ClipSegment {
  readonly at: LaneSegment;
  readonly sealed: Uint8Array;
  readonly key: Uint8Array;
  readonly file: Uint8Array;
}
export interface ClipFacts {
  readonly origin: string;
  readonly order: Omit<Export, 'recipient'>;
  /** The entry of the access log that says that the copy was made. */
  readonly access: AccessProof;
  readonly segments: readonly ClipSegment[];
  /** Files of the landings that describe them, by hash. */
  readonly landings: ReadonlyMap<string, Uint8Array>;
  /** Entries of the lot's log that name these landings, and for each the proof that it is in the log (C2SP tlog-proof). */
  readonly entries: readonly SentEntry[];
  readonly receipts: ReadonlyMap<number, string>;
}

/** Segments of these lanes that have a moment in the span, and how many bytes they are. */
export function clipOf(
  lanes: readonly Lane[],
  { fromMs, toMs }: SpanMs,
): { readonly segments: readonly LaneSegment[]; readonly bytes: number } {
  const segments = lanes.flatMap((lane) => lane.segments.filter((one) => one.toMs > fromMs && one.fromMs < toMs));
  return { segments, bytes: segments.reduce((sum, { segment }) => sum + segment.bytes, 0) };
}

/** Proof that an entry is under a signed note of its log. `leafHash`: of every entry before the note's size. */
export function receiptOf(
  hasher: TreeHasher,
  head: { readonly size: number; readonly checkpoint: string },
  seq: number,
  leafHash: (index: number) => Uint8Array,
): string {
  const proof = buildProof(hasher, planInclusion(seq, head.size), nodeReaderOfLeaves(hasher, leafHash));
  return formatReceipt({ extra: null, index: seq, proof, note: head.checkpoint });
}

/**
 * A copy for an applicant with its proofs, as a ZIP: `clip.json` (who asked for it, what for, which segments, their keys), `media/` (each segment as any browser
 * plays it), `recordings/` (landings and ciphertexts by hash, as `npm run verify -- --recordings` takes them), `entries/` (what names the landings, each with its proof).
 */
export function clipFile({ origin, order, access, segments, landings, entries, receipts }: ClipFacts): Uint8Array {
  const files = new Map<string, Uint8Array>();
  const listed = segments.map(({ at, key }) => ({
    venue: at.venue,
    entry: at.seq,
    segment: at.segment,
    key: toBase64Url(key),
    media: mediaName(at.venue, at.segment),
  }));
  files.set('clip.json', canonicalBytes({ v: 1, origin, order, access, segments: listed }));
  for (const { at, file, sealed } of segments) {
    files.set(mediaName(at.venue, at.segment), file);
    files.set(`recordings/${at.segment.content}`, sealed);
  }
  for (const [hash, bytes] of landings) files.set(`recordings/${hash}`, bytes);
  for (const entry of entries) {
    const { seq } = entry.header;
    files.set(`entries/${String(seq)}.json`, canonicalBytes(entry));
    const receipt = receipts.get(seq);
    if (receipt !== undefined) files.set(`entries/${String(seq)}.tlog-proof`, new TextEncoder().encode(receipt));
  }
  return packContainer(files);
}

const INDEX_DIGITS = 5;
const mediaName = (venue: string, { track, index }: Segment): string =>
  `media/${venue}/${trackKey(track)}/${String(index).padStart(INDEX_DIGITS, '0')}.webm`;
