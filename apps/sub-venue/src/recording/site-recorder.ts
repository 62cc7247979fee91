import type { RecordingGap, Segment, Track } from '@app/contracts';
import { SILENCE_MS, trackKey } from '@app/contracts';
import { FolderBlobStore } from '@app/blobs';
import { type CancelTimer, Clock, type Config, type Logger } from '@app/platform';
import type { Gap, RoomRecorder, SegmentDraft } from '@app/recording';
import { nextIndex, sealSegment, segmentHash, segmentKey, sha256, webmOf } from '@app/recording';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { SiteDisk } from '../site/site-disk.js';
import { Landings } from './landings.js';
import { RecordingRepository } from './recording.repository.js';

/** How often a lot's recordings are landed, where something came. */
const LANDING_MS = 5_000;
/** Footage that waits for a slow disk; what comes beyond is left out, and said. */
const WAITING_BYTES_MAX = 256 * 1024 * 1024;

/** Pieces of a lot that the database did not take and that are told before the next one; beyond, the track's end shows that they are missing. */
const UNTOLD_MAX = 10_000;

const instant = (ms: number): string => new Date(Math.round(ms)).toISOString();

/** Where the files of a site's recordings lie. */
export const recordingsFolder = ({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): string => join(DATA_DIR, 'recordings');

/**
 * The recorder of this site: makes files of what its rooms record, seals them, stores them by their hash, and describes each in the chain of its
 * track. What it has described is landed in the lot's log every {@link LANDING_MS}.
 */
@Injectable()
export class SiteRecorder implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #store: FolderBlobStore;
  /** By lot: what is being done, one after the other. */
  readonly #work = new Map<string, Promise<void>>();
  /** By lot: what could not be written down, in its order. */
  readonly #untold = new Map<string, (() => Promise<void>)[]>();
  /** By lot and track: no segment is received before that; and since when a track without a segment has been recorded. */
  readonly #floors = new Map<string, string>();
  readonly #begun = new Map<string, string>();
  #waitingBytes = 0;
  #beat: CancelTimer | null = null;
  #landing: Promise<void> = Promise.resolve();
  #isClosed = false;
  #isDiskLow = false;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'VENUE_ID' | 'DATA_DIR'>,
    private readonly repository: RecordingRepository,
    private readonly landings: Landings,
    @Inject(SiteDisk) private readonly disk: Pick<SiteDisk, 'state'>,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#store = new FolderBlobStore(recordingsFolder(config));
  }

  /** What was being recorded when the process ended is missing from then on, and that is said before anything is recorded anew. */
  async onApplicationBootstrap(): Promise<void> {
    // Half of a file, from a process that was killed: nobody else writes here.
    await rm(join(recordingsFolder(this.config), 'arriving'), { recursive: true, force: true });
    const now = this.clock.instant();
    for (const { origin, track, until } of await this.repository.openTracks()) {
      await this.repository.addGap(origin, { track, from: until, to: until > now ? until : now, reason: 'RECORDER_LOST', packets: 0 });
      await this.repository.close(origin, track, now);
    }
    this.#landLater();
  }

  /** Resolves when everything that came is described and stored. What is not landed by then is landed after the next start. */
  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    this.#beat?.();
    await this.#landing;
    for (const origin of this.#untold.keys()) this.#tellLater(origin);
    await Promise.all(this.#work.values());
  }

  /** What a room of this lot tells. */
  of(origin: string): RoomRecorder {
    return {
      nowMs: () => this.clock.nowMs(),
      started: (track) => {
        const at = this.clock.instant();
        void this.#then(origin, track, () => this.#started(origin, track, at));
      },
      segment: (track, draft) => {
        this.#segment(origin, track, draft);
      },
      gap: (track, gap) => {
        void this.#then(origin, track, () => this.#gap(origin, track, gap));
      },
      ended: (track, reason) => {
        const at = this.clock.instant();
        void this.#then(origin, track, () => this.#ended(origin, track, reason, at));
      },
    };
  }

  /** Lands what there is of a lot now; resolves when the main venue has said its word, or when it cannot be had yet. */
  async land(origin: string): Promise<void> {
    this.#tellLater(origin);
    await this.#work.get(origin);
    await this.landings.land(origin, this.#store);
  }

  #landLater(): void {
    if (this.#isClosed) return;
    this.#beat = this.clock.after(LANDING_MS, () => {
      this.#landing = this.#landAll().finally(() => {
        this.#landLater();
      });
    });
  }

  /** Says once that room is running out, and once that there is some again. */
  async #watchDisk(): Promise<void> {
    const { freeBytes, isLow } = await this.disk.state();
    if (isLow === this.#isDiskLow) return;
    this.#isDiskLow = isLow;
    if (isLow) this.logger.error({ freeBytes }, 'recording: the disk is nearly full: make room before footage is left out');
    else this.logger.warn({ freeBytes }, 'recording: the disk has room again');
  }

  async #landAll(): Promise<void> {
    await this.#watchDisk();
    for (const origin of this.#untold.keys()) this.#tellLater(origin);
    const waiting = await this.repository.waiting().catch((error: unknown) => {
      this.logger.error({ err: error }, 'recording: nothing could be landed now');
      return [];
    });
    for (const origin of waiting) {
      if (this.#isClosed) return;
      await this.landings.land(origin, this.#store).catch((error: unknown) => {
        // The disk or the database: what is described stays and is landed with the next beat.
        this.logger.error({ err: error, origin }, 'recording: a lot could not be landed now');
      });
    }
  }

  #segment(origin: string, track: Track, draft: SegmentDraft): void {
    const bytes = draft.frames.reduce((sum, { data }) => sum + data.length, 0);
    const missing: Gap = { ...draft.received, reason: 'DISK', packets: 0 };
    if (this.#waitingBytes + bytes > WAITING_BYTES_MAX) {
      this.logger.error({ origin, track }, 'recording: the disk is too slow; a segment is left out');
      void this.#then(origin, track, () => this.#gap(origin, track, missing));
      return;
    }
    this.#waitingBytes += bytes;
    const leftOut = (): Promise<void> => this.#gap(origin, track, missing);
    const kept = async (): Promise<void> => {
      try {
        await this.#keep(origin, track, draft);
      } catch (error) {
        this.logger.error({ err: error, origin, track }, 'recording: a segment could not be stored');
        await leftOut();
      }
    };
    void this.#then(origin, track, kept, leftOut).then(() => (this.#waitingBytes -= bytes));
  }

  async #keep(origin: string, track: Track, draft: SegmentDraft): Promise<void> {
    const end = await this.repository.trackEnd(origin, track);
    const index = nextIndex(end);
    const place = { origin, venue: this.config.VENUE_ID, track: trackKey(track), index };
    const sealed = sealSegment(segmentKey(await this.repository.key(origin), place), place, await webmOf(draft));
    const content = sha256(sealed);
    await this.#store.put(content, Readable.from([sealed]));
    const received = await this.#received(origin, track, draft);
    const segment: Segment = {
      track,
      index,
      prev: end?.hash ?? null,
      content,
      bytes: sealed.length,
      codec: draft.codec,
      size: draft.size,
      frames: draft.frames.length,
      received,
      sent: draft.sent === null ? null : { from: instant(draft.sent.fromMs), to: instant(draft.sent.toMs) },
    };
    await this.repository.addSegment(origin, segment, segmentHash(segment));
  }

  /** A clock that was set back takes no segment back: it counts as received no earlier than the one before it. */
  async #received(origin: string, track: Track, { received: { fromMs, toMs } }: SegmentDraft): Promise<Segment['received']> {
    const key = placeOf(origin, track);
    const from = latest(instant(fromMs), this.#floors.get(key) ?? '');
    const to = latest(instant(toMs), from);
    await this.#silentSince(origin, track, from);
    this.#floors.set(key, to);
    return { from, to };
  }

  /** What is missing between the beginning of a track and its first segment. */
  async #silentSince(origin: string, track: Track, to: string): Promise<void> {
    const from = this.#begun.get(placeOf(origin, track));
    if (from !== undefined && Date.parse(to) - Date.parse(from) > SILENCE_MS)
      await this.repository.addGap(origin, { track, from, to, reason: 'SILENT', packets: 0 });
    this.#begun.delete(placeOf(origin, track));
  }

  async #started(origin: string, track: Track, at: string): Promise<void> {
    const before = await this.repository.until(origin, track);
    // First what is missing: if the rest fails and is done again, nothing is said twice or left out.
    if (before !== null && before < at) await this.repository.addGap(origin, { track, from: before, to: at, reason: 'LEFT', packets: 0 });
    await this.repository.open(origin, track, at);
    this.#floors.set(placeOf(origin, track), before ?? '');
    this.#begun.set(placeOf(origin, track), latest(at, before ?? ''));
  }

  async #gap(origin: string, track: Track, { fromMs, toMs, reason, packets }: Gap): Promise<void> {
    const gap: RecordingGap = { track, from: instant(fromMs), to: instant(toMs), reason, packets };
    await this.repository.addGap(origin, gap);
  }

  async #ended(origin: string, track: Track, reason: 'LEFT' | 'WORKER_LOST', at: string): Promise<void> {
    await this.#silentSince(origin, track, at);
    if (reason === 'WORKER_LOST') await this.repository.addGap(origin, { track, from: at, to: at, reason, packets: 0 });
    await this.repository.close(origin, track, at);
  }

  /** What of a lot could not be written down is tried once more, behind what is being done. */
  #tellLater(origin: string): void {
    if (this.#untold.has(origin)) void this.#then(origin, null, () => Promise.resolve());
  }

  /** One after the other. What the database does not take is told before anything else of its lot: `untold`, where that is not the work itself. */
  #then(origin: string, track: Track | null, work: () => Promise<void>, untold = work): Promise<void> {
    const before = this.#work.get(origin) ?? Promise.resolve();
    const next = before.then(async () => {
      try {
        await this.#tellUntold(origin);
        await work();
      } catch (error) {
        this.logger.error({ err: error, origin, track }, 'recording: what came of a track could not be written down yet');
        if (track !== null) this.#untold.set(origin, [...(this.#untold.get(origin) ?? []), untold].slice(0, UNTOLD_MAX));
      } finally {
        if (this.#work.get(origin) === next) this.#work.delete(origin);
      }
    });
    this.#work.set(origin, next);
    return next;
  }

  async #tellUntold(origin: string): Promise<void> {
    const untold = this.#untold.get(origin) ?? [];
    for (let first = untold[0]; first !== undefined; first = untold[0]) {
      await first();
      untold.shift();
    }
    this.#untold.delete(origin);
  }
}

const placeOf = (origin: string, track: Track): string => `${origin} ${trackKey(track)}`;
const latest = (one: string, other: string): string => (one > other ? one : other);
