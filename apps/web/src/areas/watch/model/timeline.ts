import type { GapReason, Landing, Segment, Track } from '@app/contracts';
import { trackKey } from '@app/contracts';

/** Milliseconds since 1970, by the clock of the venue that recorded it; entries by that of the main venue. `toMs` is not in it. */
export interface SpanMs {
  readonly fromMs: number;
  readonly toMs: number;
}
export interface LaneSegment extends SpanMs {
  readonly segment: Segment;
  readonly venue: string;
  /** Entry whose landing describes it. */
  readonly seq: number;
}
interface LaneGap extends SpanMs {
  readonly reason: GapReason;
}
/** 录制轨道: what one venue recorded of one source of one party. */
export interface Lane {
  readonly key: string;
  readonly venue: string;
  readonly track: Track;
  readonly segments: readonly LaneSegment[];
  readonly gaps: readonly LaneGap[];
}
/** A landing that could be read, with the entry that names it. */
export interface LandedFile {
  readonly seq: number;
  readonly landing: Landing;
}
export interface Timeline {
  readonly lanes: readonly Lane[];
  readonly span: SpanMs;
}

const SOURCE_ORDER: readonly string[] = ['camera', 'screen', 'microphone'];
const EMPTY: SpanMs = { fromMs: 0, toMs: 0 };

const laneKey = (venue: string, track: Track): string => `${venue} ${trackKey(track)}`;

/** Landings of any number of venues as lanes: by venue, party, and picture before sound. The span covers what was recorded or said to be missing. */
export function timelineOf(files: readonly LandedFile[]): Timeline {
  const lanes = new Map<string, { venue: string; track: Track; segments: LaneSegment[]; gaps: LaneGap[] }>();
  const laneOf = (venue: string, track: Track) => {
    const key = laneKey(venue, track);
    const lane = lanes.get(key) ?? { venue, track, segments: [], gaps: [] };
    lanes.set(key, lane);
    return lane;
  };
  for (const { seq, landing } of files) {
    const { venue } = landing;
    for (const segment of landing.segments)
      laneOf(venue, segment.track).segments.push({ segment, venue, seq, ...spanOf(segment.received) });
    for (const gap of landing.gaps) laneOf(venue, gap.track).gaps.push({ reason: gap.reason, ...spanOf(gap) });
  }
  const sorted = [...lanes].map(([key, { segments, gaps, ...about }]): Lane => ({
    key,
    ...about,
    segments: segments.sort(byBegin),
    gaps: gaps.sort(byBegin),
  }));
  return { lanes: sorted.sort(byLane), span: cover(sorted.flatMap(({ segments, gaps }) => [...segments, ...gaps])) };
}

/** What covers all of these; nothing at 0 where there are none. */
export function cover(spans: readonly SpanMs[]): SpanMs {
  if (spans.length === 0) return EMPTY;
  return spans.reduce((all, { fromMs, toMs }) => ({ fromMs: Math.min(all.fromMs, fromMs), toMs: Math.max(all.toMs, toMs) }), {
    fromMs: Infinity,
    toMs: -Infinity,
  });
}

/** What a lane shows at an instant. A gap counts before the segment that it lies in: what is missing there is not shown as if it stood still. */
export type LaneMoment =
  | { readonly kind: 'segment'; readonly at: LaneSegment }
  | { readonly kind: 'gap'; readonly gap: LaneGap }
  /** Between two segments, where no gap says more: as long as a still picture may last. */
  | { readonly kind: 'still'; readonly at: LaneSegment }
  | { readonly kind: 'none' };

export function momentOf(lane: Lane, atMs: number, stillMsMax: number): LaneMoment {
  const gap = lane.gaps.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  if (gap !== undefined) return { kind: 'gap', gap };
  const at = lane.segments[lastBegun(lane.segments, atMs)];
  if (at === undefined) return { kind: 'none' };
  if (atMs < at.toMs) return { kind: 'segment', at };
  return atMs - at.toMs <= stillMsMax ? { kind: 'still', at } : { kind: 'none' };
}

/** Segments that are needed to play from `atMs` on: the one that is on, or the next one, and those that begin within `aheadMs` of it. */
export function neededFrom(lane: Lane, atMs: number, aheadMs: number): readonly LaneSegment[] {
  const begun = lastBegun(lane.segments, atMs);
  const first = begun >= 0 && (lane.segments[begun]?.toMs ?? 0) > atMs ? begun : begun + 1;
  const needed: LaneSegment[] = [];
  for (let index = first; index < lane.segments.length; index += 1) {
    const segment = lane.segments[index];
    if (segment === undefined || segment.fromMs >= atMs + aheadMs) break;
    needed.push(segment);
  }
  return needed;
}

/** Number of the last one that has begun by then; -1 before the first. */
function lastBegun(segments: readonly SpanMs[], atMs: number): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.fromMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export const within = (atMs: number, { fromMs, toMs }: SpanMs): number => Math.min(Math.max(atMs, fromMs), Math.max(fromMs, toMs));

/** How much of the time line is on screen: all of it, or so many milliseconds. */
export const ZOOMS = [null, 1_800_000, 300_000, 30_000, 15_000, 5_000] as const;
export type Zoom = (typeof ZOOMS)[number];

/** The part that is on screen: around `atMs`, never beyond what there is. Steady: it turns a page when the instant leaves the one before. */
export function windowOf(span: SpanMs, zoom: Zoom, atMs: number, before: SpanMs | null = null): SpanMs {
  const lengthMs = span.toMs - span.fromMs;
  if (zoom === null || zoom >= lengthMs) return span;
  const isSame = before !== null && before.toMs - before.fromMs === zoom && before.fromMs <= atMs && atMs < before.toMs;
  if (isSame && before.fromMs >= span.fromMs && before.toMs <= span.toMs) return before;
  // A quarter of what was before it stays in view.
  const fromMs = Math.min(Math.max(atMs - zoom / 4, span.fromMs), span.toMs - zoom);
  return { fromMs, toMs: fromMs + zoom };
}

/** 0 to 1 within the window; what lies outside is beyond that. */
export const placeIn = (window: SpanMs, atMs: number): number =>
  window.toMs === window.fromMs ? 0 : (atMs - window.fromMs) / (window.toMs - window.fromMs);

/** The instant at a place of the window, to the millisecond. */
export const instantAt = (window: SpanMs, place: number): number =>
  Math.round(window.fromMs + Math.min(Math.max(place, 0), 1) * (window.toMs - window.fromMs));

/** What lies in the window, cut to it. */
export function cutTo<S extends SpanMs>(spans: readonly S[], window: SpanMs): readonly S[] {
  return spans.flatMap((one) =>
    one.toMs <= window.fromMs || one.fromMs >= window.toMs
      ? []
      : [{ ...one, fromMs: Math.max(one.fromMs, window.fromMs), toMs: Math.min(one.toMs, window.toMs) }],
  );
}

/** The nearest mark on one side of an instant; null where there is none. */
export function neighbour<M extends { readonly atMs: number }>(marks: readonly M[], atMs: number, direction: 1 | -1): M | null {
  if (direction === 1) return marks.find((mark) => mark.atMs > atMs) ?? null;
  return marks.findLast((mark) => mark.atMs < atMs) ?? null;
}

const spanOf = ({ from, to }: { readonly from: string; readonly to: string }): SpanMs => ({
  fromMs: Date.parse(from),
  toMs: Date.parse(to),
});
const byBegin = (one: SpanMs, other: SpanMs): number => one.fromMs - other.fromMs;
const sourceAt = ({ track }: Lane): number => SOURCE_ORDER.indexOf(track.source);
const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byLane = (one: Lane, other: Lane): number =>
  byText(one.venue, other.venue) || byText(one.track.party, other.track.party) || sourceAt(one) - sourceAt(other);
