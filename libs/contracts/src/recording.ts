import { z } from 'zod';
import { zHash, zInstant, zName } from './json.js';

/** Milliseconds: nothing of a track for so long is a gap. Longer than the pause between two frames of a still screen that a browser sends. */
export const SILENCE_MS = 2_000;

/** What is recorded at a seat: 麦克风, 摄像头, 屏幕. Words, not devices: whoever changes the camera goes on with the same track. */
const TRACK_SOURCES = ['microphone', 'camera', 'screen'] as const;
export type TrackSource = (typeof TRACK_SOURCES)[number];
export const zTrackSource = z.enum(TRACK_SOURCES);

/** A track of a lot at one venue: whose, and what of. */
export const zTrack = z.strictObject({ party: zName, source: zTrackSource });
export type Track = z.infer<typeof zTrack>;
export const trackKey = ({ party, source }: Track): string => `${party}/${source}`;

/**
 * Why footage is missing. `LOSS`: packets did not come. `MALFORMED`: they were none of the codec. `NO_KEY_FRAME`: pictures came that rest on
 * one that is not there. `SILENT`: nothing came. `MUTED`: switched off by the person. `CLOCK`: the sender's clock jumped. `LEFT`: the track ended and began again. `WORKER_LOST`, `RECORDER_LOST`: the media worker, or
 * the recorder with it, broke down. `DISK`: a segment could not be stored.
 */
const GAP_REASONS = [
  'LOSS',
  'MALFORMED',
  'NO_KEY_FRAME',
  'SILENT',
  'MUTED',
  'CLOCK',
  'LEFT',
  'WORKER_LOST',
  'RECORDER_LOST',
  'DISK',
] as const;
export type GapReason = (typeof GAP_REASONS)[number];

const zSpan = z.strictObject({ from: zInstant, to: zInstant });

/**
 * One file of a recording, as its venue describes it (录制分段). `index`: its number within the track, from 0; `prev`: hash of the description
 * before it in the track, null for the first. `content`: SHA-256 of the encrypted file, by which it lies in the store; `bytes`: of that file.
 * `received`: by the clock of the venue; `sent`: by the clock of the seat, where it has said what that is.
 */
export const zSegment = z.strictObject({
  track: zTrack,
  index: z.int().min(0),
  prev: zHash.nullable(),
  content: zHash,
  bytes: z.int().min(1),
  codec: z.enum(['vp8', 'opus']),
  size: z.strictObject({ width: z.int().min(1), height: z.int().min(1) }).nullable(),
  frames: z.int().min(1),
  received: zSpan,
  sent: zSpan.nullable(),
});
export type Segment = z.infer<typeof zSegment>;

/** Footage that is not there, by the clock of the venue. `packets`: how many are known to be missing. */
export const zRecordingGap = z.strictObject({ track: zTrack, ...zSpan.shape, reason: z.enum(GAP_REASONS), packets: z.int().min(0) });
export type RecordingGap = z.infer<typeof zRecordingGap>;

/** In one landing. A venue of 100 tracks makes 10 segments a second at most. */
export const LANDING_SEGMENTS_MAX = 1_000;
const LANDING_GAPS_MAX = 10_000;
/** Of a landing's file: as many segments and gaps as there may be. */
export const LANDING_BYTES_MAX = 6_000_000;

/**
 * What a venue has recorded of a lot since the landing before (录制存证): a file of canonical JSON, stored by its hash, which an entry of the lot's log names.
 * `prev`: hash of the landing before, null for the first.
 */
export const zLanding = z.strictObject({
  v: z.literal(1),
  origin: z.string(),
  venue: zName,
  index: z.int().min(0),
  prev: zHash.nullable(),
  segments: z.array(zSegment).max(LANDING_SEGMENTS_MAX),
  gaps: z.array(zRecordingGap).max(LANDING_GAPS_MAX),
});
export type Landing = z.infer<typeof zLanding>;

/** The time that a landing covers, by the clock of its venue; null for an empty one. */
export function landedSpan({
  segments,
  gaps,
}: {
  readonly segments: readonly Segment[];
  readonly gaps: readonly RecordingGap[];
}): { readonly from: string; readonly to: string } | null {
  const spans = [...segments.map(({ received }) => received), ...gaps];
  const from = spans.map((span) => span.from).sort()[0];
  const to = spans
    .map((span) => span.to)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}
