import type { GapReason, Segment } from '@app/contracts';
import type { SegmentVerdict, Standing } from './footage.js';
import { cutTo, type Lane, type SpanMs } from './timeline.js';

/** A stretch of a lane that is drawn as one. */
export type Stretch = SpanMs &
  (
    | { readonly kind: 'footage'; readonly standing: Standing; readonly reason: SegmentVerdict['reason'] }
    | { readonly kind: 'gap'; readonly reason: GapReason }
  );

/** What a lane looks like in a window: neighbours of one standing as one stretch, unless more than `joinMs` lies between them; gaps above them. */
export function stretchesOf(
  lane: Lane,
  verdicts: ReadonlyMap<Segment, SegmentVerdict>,
  window: SpanMs,
  joinMs: number,
): readonly Stretch[] {
  const footage: (Stretch & { kind: 'footage' })[] = [];
  for (const { segment, fromMs, toMs } of cutTo(lane.segments, window)) {
    const { standing, reason } = verdicts.get(segment) ?? { standing: 'pending' as const, reason: null };
    const last = footage.at(-1);
    const joins = last?.standing === standing && last.reason === reason && fromMs - last.toMs <= joinMs;
    if (joins) footage.splice(-1, 1, { ...last, toMs });
    else footage.push({ kind: 'footage', standing, reason, fromMs, toMs });
  }
  const gaps = cutTo(lane.gaps, window).map(({ fromMs, toMs, reason }): Stretch => ({ kind: 'gap', fromMs, toMs, reason }));
  return [...footage, ...gaps];
}

/** Instants for the scale of a window: whole steps, six to twelve of them. */
export function ticksOf({ fromMs, toMs }: SpanMs): readonly number[] {
  const lengthMs = toMs - fromMs;
  const stepMs = STEPS_MS.find((step) => lengthMs / step <= TICKS_MAX) ?? lengthMs;
  const ticks: number[] = [];
  if (lengthMs <= 0) return ticks;
  for (let at = Math.ceil(fromMs / stepMs) * stepMs; at <= toMs; at += stepMs) ticks.push(at);
  return ticks;
}
const TICKS_MAX = 10;
const SECOND = 1_000;
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400].map((seconds) => seconds * SECOND);
