import type { Digests } from '@app/archive';
import type { Landing, RecordingGap, Segment } from '@app/contracts';
import { canonicalBytes, landedSpan, parseCanonicalBytes, SILENCE_MS, trackKey, zLanding } from '@app/contracts';
import { CLOCK_AHEAD_MS_MAX, type zLanded } from '@app/evaluation';

/** What the log says of a landing. */
export type Landed = ReturnType<typeof zLanded.parse>;

/** What can be wrong with the file of a landing. */
export type LandingFault = 'LANDING_MISSING' | 'LANDING_CHANGED' | 'LANDING_FORM' | 'LANDING_PLACE' | 'LANDING_SUMS';
/** What can be wrong with a segment by its description: its place in the track's chain, its time, a hole before it that no gap says, another place with the same file. */
export type DescribedFault = 'CHAIN' | 'TIME' | 'HOLE' | 'TWIN';
/** What can be wrong with the file of a segment. */
export type FileFault = 'SEGMENT_MISSING' | 'SEGMENT_CHANGED';
export type RecordingFault = LandingFault | DescribedFault | FileFault;

export interface DescribedSegment {
  readonly segment: Segment;
  readonly faults: readonly DescribedFault[];
  /** Until when the track was recorded before; null for its first segment. */
  readonly before: string | null;
  /** Where its file stands already: `sub-1, expert-1/camera, 2026-03-20T01:00:10.000Z`. */
  readonly twin: string | null;
}
/** A landing as it was read; `landing` null: there is none that could be. */
export interface ReadLanding {
  readonly landing: Landing | null;
  readonly faults: readonly LandingFault[];
  readonly segments: readonly DescribedSegment[];
}

/** Where a track's chain ends, and how late it is there. */
interface End {
  readonly index: number;
  readonly hash: string;
  readonly until: string;
}

/** Times are told in whole milliseconds, which may add one. */
const HOLE_MS_MAX = SILENCE_MS + 1;

/** Venue, track and the second at which it begins: how a person finds a segment. */
export const placeOf = (venue: string, { track, received }: Segment): string => `${venue}, ${trackKey(track)}, ${received.from}`;

/**
 * The landings of a lot (录制存证) in the order of its log: whether each file is the one that its entry names, and whether each track's chain is whole and goes
 * forward in time. It reads no segment's file. One of these follows one log from its beginning.
 */
export class LandingChains {
  readonly #tracks = new Map<string, End>();
  /** By track: what is said to be missing since its last segment. */
  readonly #missing = new Map<string, RecordingGap[]>();
  /** By content: where it stands first. */
  readonly #seen = new Map<string, string>();
  /** Venues of which a landing is not here: how their tracks go on is not known. */
  readonly #unseen = new Set<string>();

  constructor(
    private readonly origin: string,
    private readonly digests: Digests,
  ) {}

  /** How many files of segments are named so far. */
  get segments(): number {
    return this.#seen.size;
  }

  /** `bytes`: the file that the entry names, null where there is none; `landedAt`: time of the entry. */
  next(landed: Landed, landedAt: string, bytes: Uint8Array | null): ReadLanding {
    if (bytes === null) {
      this.#lose(landed.venue);
      return broken('LANDING_MISSING');
    }
    if (hashOf(this.digests, bytes) !== landed.landing) return broken('LANDING_CHANGED');
    const landing = landingFrom(bytes);
    if (landing === null) return broken('LANDING_FORM');
    const isPlaced =
      landing.origin === this.origin && landing.venue === landed.venue && landing.index === landed.index && landing.prev === landed.prev;
    const faults: LandingFault[] = [];
    if (!isPlaced) faults.push('LANDING_PLACE');
    if (!hasSums(landing, landed)) faults.push('LANDING_SUMS');
    for (const gap of landing.gaps) {
      const key = `${landed.venue} ${trackKey(gap.track)}`;
      this.#missing.set(key, [...(this.#missing.get(key) ?? []), gap]);
    }
    return { landing, faults, segments: landing.segments.map((segment) => this.#segment(landed.venue, segment, landedAt)) };
  }

  /** What follows of a venue's tracks follows something that is not known here. */
  #lose(venue: string): void {
    this.#unseen.add(venue);
    for (const key of [...this.#tracks.keys()]) if (key.startsWith(`${venue} `)) this.#tracks.delete(key);
  }

  #segment(venue: string, segment: Segment, landedAt: string): DescribedSegment {
    const { track, index, prev, content, received } = segment;
    const key = `${venue} ${trackKey(track)}`;
    const before = this.#tracks.get(key);
    const twin = this.#seen.get(content) ?? null;
    const faults: DescribedFault[] = [];
    const follows = index === (before?.index ?? -1) + 1 && prev === (before?.hash ?? null);
    if (!follows && !(before === undefined && this.#unseen.has(venue))) faults.push('CHAIN');
    const goesOn = received.from <= received.to && received.from >= (before?.until ?? '') && isBy(received.to, landedAt);
    if (!goesOn) faults.push('TIME');
    if (before !== undefined && !this.#isSaid(key, before.until, received.from)) faults.push('HOLE');
    if (twin !== null) faults.push('TWIN');
    this.#tracks.set(key, { index, hash: hashOf(this.digests, canonicalBytes(segment)), until: received.to });
    this.#seen.set(content, twin ?? placeOf(venue, segment));
    return { segment, faults, before: before?.until ?? null, twin };
  }

  /** Whether gaps lie over the time between two segments, but for what a still picture may leave out. */
  #isSaid(key: string, from: string, to: string): boolean {
    const gaps = (this.#missing.get(key) ?? []).sort((one, other) => (one.from < other.from ? -1 : 1));
    // One that reaches beyond the next segment's beginning may say something of what follows that.
    this.#missing.set(
      key,
      gaps.filter((gap) => gap.to > to),
    );
    let end = Date.parse(from);
    for (const gap of gaps) {
      if (Date.parse(gap.from) - end > HOLE_MS_MAX) break;
      end = Math.max(end, Date.parse(gap.to));
    }
    return Date.parse(to) - end <= HOLE_MS_MAX;
  }
}

/** Whether this is the file that was described. `file` null: there is none; `hash`: its SHA-256. */
export function fileFault(segment: Segment, file: { readonly bytes: number; readonly hash: string } | null): FileFault | null {
  if (file === null) return 'SEGMENT_MISSING';
  return file.bytes === segment.bytes && file.hash === segment.content ? null : 'SEGMENT_CHANGED';
}

export function hashOf(digests: Digests, bytes: Uint8Array): string {
  const running = digests.sha256();
  running.update(bytes);
  return running.hex();
}

const broken = (fault: LandingFault): ReadLanding => ({ landing: null, faults: [fault], segments: [] });

function landingFrom(bytes: Uint8Array): Landing | null {
  try {
    return zLanding.safeParse(parseCanonicalBytes(bytes)).data ?? null;
  } catch {
    // Bytes from strangers: no canonical JSON is no landing, which the caller says.
    return null;
  }
}

function hasSums(landing: Landing, landed: Landed): boolean {
  const { segments, gaps } = landing;
  const span = landedSpan(landing);
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const hasTime = span?.from === landed.from && span.to === landed.to;
  return segments.length === landed.segments && gaps.length === landed.gaps && bytes === landed.bytes && hasTime;
}

/** A venue's clock may be ahead of the log's. */
const isBy = (instant: string, landedAt: string): boolean => Date.parse(instant) <= Date.parse(landedAt) + CLOCK_AHEAD_MS_MAX;
