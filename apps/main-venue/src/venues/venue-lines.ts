import type { Heartbeat, VenueLine } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import type { CancelTimer } from '@app/platform';
import { Clock } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { KnownVenue } from './venue-directory.js';
import { VenueDirectory } from './venue-directory.js';

interface Line {
  venue: KnownVenue;
  connection: string | null;
  isDegraded: boolean;
  /** Neither heartbeat nor acknowledgement since. */
  heardMs: number;
  since: string;
  waiting: number;
  replicated: Readonly<Record<string, number>>;
}

/** State of the line to every venue, as the main venue sees it: what screens show (`venues:changed`). */
@Injectable()
export class VenueLines {
  readonly #lines = new Map<string, Line>();
  readonly #listeners = new Set<(lines: VenueLine[]) => void>();
  #told = '';
  #timer: CancelTimer | null = null;

  constructor(
    private readonly directory: VenueDirectory,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#timer ??= this.clock.every(VENUE_WIRE.heartbeatMs, () => {
      this.#expire();
    });
  }

  stop(): void {
    this.#timer?.();
    this.#timer = null;
  }

  /** Reads the registry's venues anew: one that came begins as down, one that went is listed no more. */
  refresh(): void {
    const { main } = this.directory;
    const venues = this.directory.venues().filter(({ id }) => id !== main.id);
    for (const venue of venues) {
      const line = this.#lines.get(venue.id);
      const since = this.clock.instant();
      if (line !== undefined) line.venue = venue;
      else this.#lines.set(venue.id, { venue, connection: null, isDegraded: false, heardMs: 0, since, waiting: 0, replicated: {} });
    }
    for (const id of this.#lines.keys()) if (!venues.some((venue) => venue.id === id)) this.#lines.delete(id);
    this.#tell();
  }

  onChanged(listener: (lines: VenueLine[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  lines(): VenueLine[] {
    const at = this.clock.instant();
    const { main } = this.directory;
    const own: VenueLine = { venue: main.id, name: main.name, role: 'main', line: 'up', since: at, waiting: 0, replicated: {} };
    const others = [...this.#lines.values()].map((line): VenueLine => {
      const { venue, since, waiting, replicated } = line;
      return { venue: venue.id, name: venue.name, role: venue.role, line: stateOf(line), since, waiting, replicated: { ...replicated } };
    });
    return [own, ...others];
  }

  up(venue: string, connection: string): void {
    this.#change(venue, (line) => {
      line.connection = connection;
      line.isDegraded = false;
      line.since = this.clock.instant();
    });
  }

  /** Ends a connection; an older one than the present is forgotten without a word. */
  down(venue: string, connection: string): void {
    this.#change(venue, (line) => {
      if (line.connection !== connection) return;
      line.connection = null;
      line.since = this.clock.instant();
    });
  }

  heard(venue: string, connection: string, heartbeat: Heartbeat): void {
    this.#change(venue, (line) => {
      if (line.connection !== connection) return;
      line.waiting = heartbeat.waiting;
      line.replicated = heartbeat.replicated;
      line.isDegraded = heartbeat.broken.length + heartbeat.wrong.length > 0;
    });
  }

  /** A replica's word of its size, between heartbeats. */
  replicated(venue: string, origin: string, size: number): void {
    this.#change(venue, (line) => (line.replicated = { ...line.replicated, [origin]: size }));
  }

  #change(venue: string, change: (line: Line) => void): void {
    const line = this.#lines.get(venue);
    if (line === undefined) return;
    line.heardMs = this.clock.nowMs();
    change(line);
    this.#tell();
  }

  /** A site that is connected and silent is as good as cut off. */
  #expire(): void {
    const limitMs = this.clock.nowMs() - VENUE_WIRE.heartbeatLostMs;
    for (const line of this.#lines.values()) {
      if (line.connection === null || line.heardMs > limitMs) continue;
      line.isDegraded = true;
    }
    this.#tell();
  }

  /** Sizes change with every entry; a notice goes out when something that people look at changes. */
  #tell(): void {
    const lines = this.lines();
    const text = JSON.stringify(lines.map(({ venue, name, line, waiting }) => [venue, name, line, waiting]));
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(lines);
  }
}

const stateOf = (line: Line): VenueLine['line'] => (line.connection === null ? 'down' : line.isDegraded ? 'degraded' : 'up');
