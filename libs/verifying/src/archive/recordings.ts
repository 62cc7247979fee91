import type { Archive, Digests } from '@app/archive';
import type { Landing, RecordingGap, Segment, VisibleEntry } from '@app/contracts';
import { canonicalBytes, landedSpan, parseCanonicalBytes, SILENCE_MS, trackKey, zLanding } from '@app/contracts';
import { CLOCK_AHEAD_MS_MAX, secretEntryOf, zLanded } from '@app/evaluation';
import type { CheckResult } from '../findings.js';
import { EntryPlace, Findings } from '../findings.js';

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

type Landed = ReturnType<typeof zLanded.parse>;
/** Times are told in whole milliseconds, which may add one. */
const HOLE_MS_MAX = SILENCE_MS + 1;
/** Where a track's chain ends, and how late it is there. */
interface End {
  readonly index: number;
  readonly hash: string;
  readonly until: string;
}

/**
 * Recordings (录制存证): every landing of the log is the file that its entry names, each track's chain is whole and goes forward in time, and every segment
 * is the one that was recorded. What is wrong is named by venue, track and the second at which it begins. `files` null: none were given, so
 * nothing can be said of them; one file after the other is in memory.
 */
export async function checkRecordings(
  origin: string,
  entries: readonly VisibleEntry[],
  files: RecordingFiles | null,
  digests: Digests,
): Promise<CheckResult[]> {
  const findings = new Findings('recordings', 'every segment of the recordings is the one that was landed, at its time');
  const walk = new Walk(origin, files, digests, findings);
  for (const entry of entries) {
    for (const event of secretEntryOf(entry).events) {
      const landed = event.type === 'recording.landed' ? zLanded.safeParse(event).data : undefined;
      if (landed !== undefined) await walk.landing(entry, landed);
    }
  }
  return walk.result();
}

class Walk {
  readonly #tracks = new Map<string, End>();
  /** By track: what is said to be missing since its last segment. */
  readonly #missing = new Map<string, RecordingGap[]>();
  /** By content: where it stands first. */
  readonly #seen = new Map<string, string>();
  /** Files that were asked for. */
  readonly #named = new Set<string>();
  /** Venues of which a landing was not given: how their tracks go on is not known. */
  readonly #unseen = new Set<string>();
  #hasLanded = false;
  #bytes = 0;
  #gaps = 0;

  constructor(
    private readonly origin: string,
    private readonly files: RecordingFiles | null,
    private readonly digests: Digests,
    private readonly findings: Findings,
  ) {}

  async landing({ header }: VisibleEntry, landed: Landed): Promise<void> {
    const { findings, files } = this;
    this.#hasLanded = true;
    if (files === null) {
      findings.hidden();
      return;
    }
    const place = new EntryPlace(header.seq, header.type);
    const told = `landing ${String(landed.index)} of ${landed.venue}, from ${landed.from}`;
    const bytes = await this.#read(files, landed.landing);
    if (bytes === null) {
      if (files.isPart === true) this.#hide(landed.venue);
      else findings.fail(place, `${told}: its file is missing`);
      return;
    }
    if (!findings.check(this.#hash(bytes) === landed.landing, place, () => `${told}: its file was changed`)) return;
    const landing = readLanding(bytes);
    if (!findings.check(landing !== null, place, () => `${told}: its file has not the form of a landing`) || landing === null) return;
    findings.check(
      landing.origin === this.origin && landing.venue === landed.venue && landing.index === landed.index && landing.prev === landed.prev,
      place,
      () => `${told}: its file is of another lot, venue or place`,
    );
    findings.check(sameSums(landing, landed), place, () => `${told}: its file holds something else than the entry says`);
    this.#gaps += landing.gaps.length;
    for (const gap of landing.gaps) {
      const key = `${landed.venue} ${trackKey(gap.track)}`;
      this.#missing.set(key, [...(this.#missing.get(key) ?? []), gap]);
    }
    for (const segment of landing.segments) await this.#segment(files, place, landed.venue, segment, header.at);
  }

  #read(files: RecordingFiles, hash: string): Promise<Uint8Array | null> {
    this.#named.add(hash);
    return files.read(hash);
  }

  /** A landing was not given: what follows of its venue's tracks follows something that is not known here. */
  #hide(venue: string): void {
    this.findings.hidden();
    this.#unseen.add(venue);
    for (const key of [...this.#tracks.keys()]) if (key.startsWith(`${venue} `)) this.#tracks.delete(key);
  }

  async #segment(files: RecordingFiles, place: EntryPlace, venue: string, segment: Segment, landedAt: string): Promise<void> {
    const { findings } = this;
    const { track, index, prev, content, received } = segment;
    const key = `${venue} ${trackKey(track)}`;
    const told = `${venue}, ${trackKey(track)}, ${received.from}`;
    const before = this.#tracks.get(key);
    findings.check(
      (before === undefined && this.#unseen.has(venue)) || (index === (before?.index ?? -1) + 1 && prev === (before?.hash ?? null)),
      place,
      () => `${told}: segment ${String(index)} does not follow the one before it`,
    );
    findings.check(
      received.from <= received.to && received.from >= (before?.until ?? '') && isBy(received.to, landedAt),
      place,
      () => `${told}: its time does not go forward`,
    );
    findings.check(before === undefined || this.#isSaid(key, before.until, received.from), place, () => {
      return `${told}: nothing is recorded from ${before?.until ?? ''} on, and no gap says so`;
    });
    this.#tracks.set(key, { index, hash: this.#hash(canonicalBytes(segment)), until: received.to });
    const twin = this.#seen.get(content);
    findings.check(twin === undefined, place, () => `${told}: it is the same file as ${twin ?? ''}`);
    this.#seen.set(content, twin ?? told);
    const file = await this.#read(files, content);
    if (file === null) {
      if (files.isPart === true) findings.hidden();
      else findings.fail(place, `${told}: the segment is missing`);
      return;
    }
    this.#bytes += file.length;
    findings.check(file.length === segment.bytes && this.#hash(file) === content, place, () => `${told}: the segment was changed`);
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

  /** Nothing where nothing was recorded. */
  result(): CheckResult[] {
    const names = [...(this.files?.names ?? [])];
    if (!this.#hasLanded && names.length === 0) return [];
    for (const name of names) this.findings.check(this.#named.has(name), `recordings/${name}`, 'no landing of this lot names it');
    const { size } = this.#seen;
    if (size > 0) this.findings.note(`${String(size)} segments, ${String(this.#bytes)} bytes, ${String(this.#gaps)} gaps on the record`);
    return [this.findings.result()];
  }

  #hash(bytes: Uint8Array): string {
    const running = this.digests.sha256();
    running.update(bytes);
    return running.hex();
  }
}

function readLanding(bytes: Uint8Array): Landing | null {
  try {
    return zLanding.safeParse(parseCanonicalBytes(bytes)).data ?? null;
  } catch {
    // Bytes from strangers: no canonical JSON is no landing, which the caller says.
    return null;
  }
}

function sameSums(landing: Landing, landed: Landed): boolean {
  const { segments, gaps } = landing;
  const span = landedSpan(landing);
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const hasTime = span?.from === landed.from && span.to === landed.to;
  return segments.length === landed.segments && gaps.length === landed.gaps && bytes === landed.bytes && hasTime;
}

/** A venue's clock may be ahead of the log's. */
const isBy = (instant: string, landedAt: string): boolean => Date.parse(instant) <= Date.parse(landedAt) + CLOCK_AHEAD_MS_MAX;
