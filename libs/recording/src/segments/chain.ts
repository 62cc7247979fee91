import type { Landing, RecordingGap, Segment } from '@app/contracts';
import { canonicalBytes } from '@app/contracts';
import { createHash } from 'node:crypto';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Hash of a description, which the next one of its track names. */
export const segmentHash = (segment: Segment): string => sha256(canonicalBytes(segment));

/** Where a chain ends: number and hash of its last link; null before the first. */
export type ChainEnd = { readonly index: number; readonly hash: string } | null;

export const nextIndex = (end: ChainEnd): number => (end === null ? 0 : end.index + 1);

/** What a venue recorded since the landing that is the end of its chain, as the next one. */
export function landingOf(
  about: Pick<Landing, 'origin' | 'venue'>,
  end: ChainEnd,
  segments: readonly Segment[],
  gaps: readonly RecordingGap[],
): { readonly landing: Landing; readonly bytes: Uint8Array; readonly hash: string } {
  const landing: Landing = { v: 1, ...about, index: nextIndex(end), prev: end?.hash ?? null, segments: [...segments], gaps: [...gaps] };
  const bytes = canonicalBytes(landing);
  return { landing, bytes, hash: sha256(bytes) };
}
