import type { Heartbeat, VenueLine } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import type { CancelTimer, Clock } from '@app/platform';

export interface KnownVenue {
  readonly id: string;
  readonly name: string;
  readonly role: VenueLine['role'];
}

interface Line {
  readonly venue: KnownVenue;
  connection: string | null;
  isDegraded: boolean;
  /** Neither heartbeat nor acknowledgement since; null while the line is down. */
  heardMs: number;
  since: string;
  waiting: number;
  replicated: Readonly<Record<string, number>>;
  head: Heartbeat | null;
}

/**
 * State of the line to every venue, as the main venue sees it: what screens show (`venues:changed`) and what a step's barrier
 * asks, since a step can not close while a seated site may still hold commands (architecture §4).
 */
export class VenueLines {
  readonly #lines = new Map<string, Line>();
  readonly #listeners = new Set<(lines: VenueLine[]) => void>();
  #told = '';
  #timer: CancelTimer | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly main: KnownVenue,
  ) {}

  start(): void {
    this.#timer ??= this.clock.after(VENUE_WIRE.heartbeatMs, () => {
      this.#timer = null;
      this.#expire();
      this.start();
    });
  }
  stop(): void {
    this.#timer?.();
    this.#timer = null;
  }

  /** Tells the registry's venues; a new one begins as down. */
  setVenues(venues: readonly KnownVenue[]): void {
    for (const venue of venues) {
      if (venue.id === this.main.id || this.#lines.has(venue.id)) continue;
      const since = this.clock.instant();
      this.#lines.set(venue.id, { venue, connection: null, isDegraded: false, heardMs: 0, since, waiting: 0, replicated: {}, head: null });
    }
    this.#tell();
  }

  onChanged(fn: (lines: VenueLine[]) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  current(): VenueLine[] {
    const at = this.clock.instant();
    const own: VenueLine = { venue: this.main.id, name: this.main.name, role: 'main', line: 'up', since: at, waiting: 0, replicated: {} };
    const others = [...this.#lines.values()].map((line): VenueLine => {
      const { venue, since, waiting, replicated } = line;
      return { venue: venue.id, name: venue.name, role: venue.role, line: stateOf(line), since, waiting, replicated: { ...replicated } };
    });
    return [own, ...others];
  }

  isUp(venue: string): boolean {
    return this.#lines.get(venue)?.connection != null;
  }

  /**
   * Of these venues, those that may hold commands which the main venue has not seen: the line is cut, or the last heartbeat said
   * that some wait. A step that they have a part in does not close, unless the supervisor orders it.
   */
  owing(venues: Iterable<string>): string[] {
    return [...venues].filter((venue) => {
      const line = this.#lines.get(venue);
      return line !== undefined && (line.connection === null || line.waiting > 0);
    });
  }

  /** The newest signed outbox head of a site: evidence of what it held. */
  outboxHead(venue: string): Pick<Heartbeat, 'outbox' | 'signature'> | null {
    return this.#lines.get(venue)?.head ?? null;
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
      line.head = heartbeat;
      line.isDegraded = heartbeat.broken.length > 0;
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
    const lines = this.current();
    const text = JSON.stringify(lines.map(({ venue, line, waiting }) => [venue, line, waiting]));
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(lines);
  }
}

const stateOf = (line: Line): VenueLine['line'] => (line.connection === null ? 'down' : line.isDegraded ? 'degraded' : 'up');
