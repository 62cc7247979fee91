import type { Digests } from '@app/archive';
import type { Segment } from '@app/contracts';
import { LandingChains, type Landed, type RecordingFault } from '@app/verifying';
import type { SealState } from '@app/verifying';
import { type LandedFile, type Timeline, timelineOf } from './timeline.js';

/** A landing as an entry of the lot's log names it, and its file; `bytes` null: it is not here yet. */
export interface PlacedLanding {
  readonly seq: number;
  readonly at: string;
  readonly landed: Landed;
  readonly bytes: Uint8Array | null;
}
/** What can be said of a segment before its file is looked at. */
interface Described {
  readonly faults: readonly RecordingFault[];
  /** A landing before it is not here: nothing can be said of what it follows. */
  readonly isCut: boolean;
}
interface LandingStanding {
  readonly seq: number;
  readonly venue: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly faults: readonly RecordingFault[];
}
/** Everything that was recorded of a lot, as it can be described here. */
export interface Footage {
  readonly timeline: Timeline;
  readonly described: ReadonlyMap<Segment, Described>;
  /** Landings that cannot be read, or are not what their entry says. */
  readonly wanting: readonly LandingStanding[];
}

/** Reads the landings of a lot in the order of its log, by the code that verifies archives. */
export function footageOf(origin: string, landings: readonly PlacedLanding[], digests: Digests): Footage {
  const chains = new LandingChains(origin, digests);
  const files: LandedFile[] = [];
  const described = new Map<Segment, Described>();
  const wanting: LandingStanding[] = [];
  /** By venue and track: what follows a landing that is not here. */
  const cut = new Map<string, Set<string>>();
  for (const { seq, at, landed, bytes } of landings) {
    const read = chains.next(landed, at, bytes);
    const { venue } = landed;
    if (read.faults.length > 0)
      wanting.push({ seq, venue, fromMs: Date.parse(landed.from), toMs: Date.parse(landed.to), faults: read.faults });
    if (bytes === null) cut.set(venue, new Set());
    if (read.landing === null) continue;
    files.push({ seq, landing: read.landing });
    for (const { segment, faults } of read.segments) {
      const known = cut.get(venue);
      const key = `${segment.track.party}/${segment.track.source}`;
      const isCut = known !== undefined && !known.has(key);
      known?.add(key);
      // Its place in the chain and the hole before it are told by what is missing; its time is not.
      const own = isCut ? faults.filter((fault) => fault !== 'CHAIN' && fault !== 'HOLE') : faults;
      described.set(segment, { faults: [...read.faults, ...own], isCut });
    }
  }
  return { timeline: timelineOf(files), described, wanting };
}

/** 已核验, 未核验, 已损坏. */
export type Standing = 'verified' | 'pending' | 'broken';
/** Why a segment does not count as verified, where no fault of a recording says it. */
type OtherReason = 'ENTRY_WRONG' | 'ENTRY_UNJUDGED' | 'CUT' | 'UNREAD' | 'UNOPENED' | 'UNPLAYABLE' | 'NOT_HERE';
type Reason = RecordingFault | OtherReason;
export interface SegmentVerdict {
  readonly standing: Standing;
  readonly reason: Reason | null;
}
/** What became of a segment's file here: not asked for, not come yet, as described, or otherwise; opened by its key, and read by the browser. */
export type FileState = 'UNREAD' | 'NOT_HERE' | 'WHOLE' | 'SEGMENT_CHANGED' | 'UNOPENED' | 'UNPLAYABLE';

/**
 * What can be said of a segment now: broken as soon as anything is wrong; verified only when its file was fetched and hashed here, its track's chain is whole, and the entry
 * that names it was judged by keys that somebody compared.
 */
export function verdictOf(described: Described | undefined, file: FileState, entry: SealState): SegmentVerdict {
  const fault = described?.faults[0];
  if (fault !== undefined) return { standing: 'broken', reason: fault };
  if (file === 'SEGMENT_CHANGED' || file === 'UNOPENED' || file === 'UNPLAYABLE') return { standing: 'broken', reason: file };
  if (entry === 'broken') return { standing: 'broken', reason: 'ENTRY_WRONG' };
  if (file !== 'WHOLE') return { standing: 'pending', reason: file };
  if (described === undefined || described.isCut) return { standing: 'pending', reason: 'CUT' };
  if (entry === 'unverified') return { standing: 'pending', reason: 'ENTRY_UNJUDGED' };
  return { standing: 'verified', reason: null };
}
