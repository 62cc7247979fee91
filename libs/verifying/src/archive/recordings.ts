import type { Archive, Digests } from '@app/archive';
import type { RecordingGap, VisibleEntry } from '@app/contracts';
import { secretEntryOf, zLanded } from '@app/evaluation';
import type { CheckResult } from '../findings.js';
import { EntryPlace, Findings } from '../findings.js';
import {
  type DescribedFault,
  type DescribedSegment,
  fileFault,
  type FileFault,
  hashOf,
  type Landed,
  LandingChains,
  type LandingFault,
  placeOf,
} from './landing-chains.js';

/** Files of recordings, by the SHA-256 that they should have; null where there is none. */
export interface RecordingFiles {
  read(hash: string): Promise<Uint8Array | null>;
  /** All that there are, each of which a landing must name; left out where others may lie beside them. */
  readonly names?: Iterable<string>;
  /** Whoever gives some may leave others out: one that is not there was not given. Else it is missing. */
  readonly isPart?: boolean;
}

/** Larger is no file of a recording: a segment is closed well below. */
export const RECORDING_BYTES_MAX = 64_000_000;

/** Those that lie in the archive itself; null where there are none. */
export function recordingsIn({ recordings = new Map() }: Pick<Archive, 'recordings'>): RecordingFiles | null {
  if (recordings.size === 0) return null;
  return {
    isPart: true,
    names: recordings.keys(),
    // What is too large to be one is read no further than shows that it is another.
    read: async (hash) => (await recordings.get(hash)?.read(0, RECORDING_BYTES_MAX)) ?? null,
  };
}

const LANDING_WORDS: Readonly<Record<LandingFault, string>> = {
  LANDING_MISSING: 'its file is missing',
  LANDING_CHANGED: 'its file was changed',
  LANDING_FORM: 'its file has not the form of a landing',
  LANDING_PLACE: 'its file is of another lot, venue or place',
  LANDING_SUMS: 'its file holds something else than the entry says',
};
const FILE_WORDS: Readonly<Record<FileFault, string>> = {
  SEGMENT_MISSING: 'the segment is missing',
  SEGMENT_CHANGED: 'the segment was changed',
};
const DESCRIBED_WORDS: Readonly<Record<DescribedFault, (described: DescribedSegment) => string>> = {
  CHAIN: ({ segment }) => `segment ${String(segment.index)} does not follow the one before it`,
  TIME: () => 'its time does not go forward',
  HOLE: ({ before }) => `nothing is recorded from ${before ?? ''} on, and no gap says so`,
  TWIN: ({ twin }) => `it is the same file as ${twin ?? ''}`,
};

/** Landings that an entry brings to the record. */
export const landingsOf = (entry: VisibleEntry): Landed[] =>
  secretEntryOf(entry).events.flatMap((event) => {
    const landed = event.type === 'recording.landed' ? zLanded.safeParse(event).data : undefined;
    return landed === undefined ? [] : [landed];
  });

/**
 * Recordings (录制存证): every landing of the log is the file that its entry names, each track's chain is whole and goes forward in time, and every segment
 * is the one that was recorded. What is wrong is named by venue, track and the second at which it begins. `files` null: none were given, so
 * nothing can be said of them; one file after the other is in memory. No result where nothing was recorded. `notices`: what is missing by the
 * venues' own account.
 */
export async function checkRecordings(
  origin: string,
  entries: readonly VisibleEntry[],
  files: RecordingFiles | null,
  digests: Digests,
): Promise<{ readonly results: readonly CheckResult[]; readonly notices: readonly string[] }> {
  const findings = new Findings('recordings', 'every segment of the recordings is the one that was landed, at its time');
  const chains = new LandingChains(origin, digests);
  let [hasLanded, bytes] = [false, 0];
  const gaps = new Map<string, RecordingGap[]>();
  const named = new Set<string>();
  const isPart = files?.isPart === true;
  for (const entry of entries) {
    const { header } = entry;
    const place = new EntryPlace(header.seq, header.type);
    for (const landed of landingsOf(entry)) {
      hasLanded = true;
      if (files === null) {
        findings.hidden();
        continue;
      }
      named.add(landed.landing);
      const read = chains.next(landed, header.at, await files.read(landed.landing));
      if (isPart && read.faults.includes('LANDING_MISSING')) {
        findings.hidden();
        continue;
      }
      const told = `landing ${String(landed.index)} of ${landed.venue}, from ${landed.from}`;
      for (const fault of read.faults) findings.fail(place, `${told}: ${LANDING_WORDS[fault]}`);
      if (read.faults.length === 0) findings.good();
      gaps.set(landed.venue, [...(gaps.get(landed.venue) ?? []), ...(read.landing?.gaps ?? [])]);
      for (const described of read.segments) {
        const { segment } = described;
        named.add(segment.content);
        const file = await files.read(segment.content);
        bytes += file?.length ?? 0;
        const wrong = isPart && file === null ? null : fileFault(segment, file && { bytes: file.length, hash: hashOf(digests, file) });
        const said = described.faults.map((fault) => DESCRIBED_WORDS[fault](described)).concat(wrong === null ? [] : FILE_WORDS[wrong]);
        for (const words of said) findings.fail(place, `${placeOf(landed.venue, segment)}: ${words}`);
        if (isPart && file === null) findings.hidden();
        else if (said.length === 0) findings.good();
      }
    }
  }
  const names = [...(files?.names ?? [])];
  if (!hasLanded && names.length === 0) return { results: [], notices: [] };
  for (const name of names) findings.check(named.has(name), `recordings/${name}`, 'no landing of this lot names it');
  const { segments } = chains;
  const count = [...gaps.values()].flat().length;
  if (segments > 0) findings.note(`${String(segments)} segments, ${String(bytes)} bytes, ${String(count)} gaps on the record`);
  return { results: [findings.result()], notices: [...gaps].flatMap(([venue, told]) => gapNotice(venue, told)) };
}

function gapNotice(venue: string, gaps: readonly RecordingGap[]): string[] {
  if (gaps.length === 0) return [];
  const ms = gaps.reduce((sum, { from, to }) => sum + Math.max(0, Date.parse(to) - Date.parse(from)), 0);
  return [`gaps in recordings 录制缺口: ${venue}, ${String(gaps.length)}, ${(ms / 1_000).toFixed(3)} s in all tracks together`];
}
