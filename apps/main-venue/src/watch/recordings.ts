import type { Landing, LandingPage } from '@app/contracts';
import { LANDING_BYTES_MAX, PART, parseCanonicalBytes, zLanding } from '@app/contracts';
import { zLanded } from '@app/evaluation';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { EntryReader, Pipeline, type StoredEntry } from '../pipeline/pipeline.types.js';
import { RecordedFiles } from './recorded-files.js';
import { type LandingRow, RecordingsRepository } from './recordings.repository.js';

const PAGE_LANDINGS = 1_000;
/** Entries of a lot's log that are read at once, where its landings are looked for. */
const READ_ENTRIES = 1_000;
const LANDS = 'recording.land';
const zSkeleton = z.object({ events: z.array(z.looseObject({})) });

/** A file that a site brings: of which lot, and under which hash. */
export interface Brought {
  readonly origin: string;
  readonly venue: string;
  readonly hash: string;
}

/** What is recorded of the lots of this installation: a list that follows from their logs, and the files that the sites bring. */
@Injectable()
export class Recordings {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly reader: EntryReader,
    private readonly repository: RecordingsRepository,
    private readonly files: RecordedFiles,
  ) {}

  async page(origin: string, from: number): Promise<LandingPage> {
    await this.#catchUp(origin);
    const landings = await this.repository.landings(origin, from, PAGE_LANDINGS + 1);
    return { landings: landings.slice(0, PAGE_LANDINGS), next: landings[PAGE_LANDINGS]?.seq ?? null };
  }

  /** Throws NOT_FOUND for what no landing of this lot names, or what has not come yet. */
  async requireLanding(origin: string, hash: string): Promise<void> {
    if ((await this.repository.landing(origin, hash))?.isHere !== true) throw notHere();
  }

  /** Throws NOT_FOUND likewise. */
  async requireSegment(origin: string, hash: string): Promise<void> {
    if ((await this.repository.segment(origin, hash))?.isHere !== true) throw notHere();
  }

  /**
   * Takes the file of a landing that is an entry of the lot's log. Answers which of its segments are missing here. Throws NOT_FOUND for any other file,
   * FORBIDDEN for another venue's, HASH_MISMATCH, TOO_LARGE, MALFORMED.
   */
  async takeLanding({ origin, venue, hash }: Brought, content: AsyncIterable<Uint8Array>): Promise<string[]> {
    await this.#catchUp(origin);
    const row = await this.repository.landing(origin, hash);
    if (row === null) throw new DomainError('NOT_FOUND', 'The log of this lot names no such landing.');
    if (row.venue !== venue) throw new DomainError('FORBIDDEN', 'This is the landing of another venue.');
    const bytes = await buffer(atMost(content, LANDING_BYTES_MAX));
    await this.files.landings.put(hash, once(bytes));
    const { segments } = landingIn(bytes);
    await this.repository.landingCame(origin, venue, hash, segments);
    return this.repository.missing(
      origin,
      segments.map(({ content: segment }) => segment),
    );
  }

  /** Takes a segment that a landing names which is here: no other file, and no longer one. Throws as {@link takeLanding} does. */
  async takeSegment({ origin, venue, hash }: Brought, content: AsyncIterable<Uint8Array>): Promise<void> {
    const row = await this.repository.segment(origin, hash);
    if (row === null) throw new DomainError('NOT_FOUND', 'No landing of this lot that is here names such a segment.');
    if (row.venue !== venue) throw new DomainError('FORBIDDEN', 'This is a segment of another venue.');
    if (row.isHere) return;
    await this.files.segments.put(hash, atMost(content, row.bytes));
    await this.repository.segmentCame(origin, hash);
  }

  /** Landings that are entries and not in the list yet; the state says how many there are, so that the log is read only where some are missing. */
  async #catchUp(origin: string): Promise<void> {
    const { recording, size } = await this.pipeline.lotState(origin);
    const count = Object.values(recording.venues).reduce((sum, { landings }) => sum + landings, 0);
    const known = await this.repository.known(origin);
    if (known.count >= count) return;
    // A row may be missing before the last one only where a write was lost; then from the beginning.
    await this.#read(origin, known.next, size);
    if ((await this.repository.known(origin)).count < count) await this.#read(origin, 0, size);
  }

  async #read(origin: string, from: number, size: number): Promise<void> {
    for (let next = from; next < size;) {
      const entries = await this.reader.read(origin, next, Math.min(READ_ENTRIES, size - next));
      if (entries.length === 0) return;
      const landings = entries.flatMap(landingsIn);
      if (landings.length > 0) await this.repository.addLandings(origin, landings);
      next += entries.length;
    }
  }
}

function landingsIn({ header, parts }: StoredEntry): LandingRow[] {
  if (header.type !== LANDS) return [];
  const { events } = zSkeleton.parse(JSON.parse(parts[PART.skeleton]?.text ?? '{"events":[]}'));
  return events.flatMap((event) => {
    const landed = zLanded.safeParse(event).data;
    if (landed === undefined) return [];
    const { type: _type, ...facts } = landed;
    return [{ seq: header.seq, at: header.at, ...facts }];
  });
}

function landingIn(bytes: Uint8Array): Landing {
  try {
    return zLanding.parse(parseCanonicalBytes(bytes));
  } catch (cause) {
    throw new DomainError('MALFORMED', 'This file has not the form of a landing.', { cause });
  }
}

/** Throws TOO_LARGE when more comes. */
async function* atMost(content: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let taken = 0;
  for await (const chunk of content) {
    taken += chunk.length;
    if (taken > bytes) throw new DomainError('TOO_LARGE', `The file is larger than the ${String(bytes)} bytes that it may have.`);
    yield chunk;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

const notHere = (): DomainError => new DomainError('NOT_FOUND', 'No such file of the recordings of this lot has come here yet.');
