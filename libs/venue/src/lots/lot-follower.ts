import type { Watch } from '@app/contracts';
import type { CancelTimer } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { Problems } from '../problems/problems.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import type { Crowd } from './crowd.js';
import { FollowedLot } from './followed-lot.js';
import { LotSource } from './lot-source.js';
import { atMost, Lots } from './lots.js';

/** How a lot stands is told to its followers this long after it moved, once for many entries and cosignatures. */
const STANDING_MS = 200;
/** Lots that one connection may follow. */
export const LOTS_WATCHED_MAX = 100;

/** Sends entries to whoever follows a lot, each cut down to what they may see; tells them how the lot stands. */
@Injectable()
export class LotFollower {
  readonly #lots = new Map<string, FollowedLot>();
  /** What each connection follows. */
  readonly #followed = new Map<string, Set<string>>();
  readonly #standings = new Map<string, CancelTimer>();
  readonly #stops: (() => void)[] = [];
  #crowd: Crowd | null = null;

  constructor(
    private readonly lots: Lots,
    private readonly source: LotSource,
    private readonly clock: Clock,
    private readonly problems: Problems,
  ) {}

  /** Begins to listen; `crowd` is where notices go. */
  start(crowd: Crowd): void {
    this.#crowd = crowd;
    this.#stops.push(
      this.source.onMoved((origin, fresh) => {
        this.#lots.get(origin)?.moved(fresh);
        this.#tellStanding(origin);
      }),
      this.source.onHead((origin) => {
        this.#tellStanding(origin);
      }),
    );
  }

  /**
   * Follows from entry `from` on, anew if this connection does already; answers the log's size. Throws NOT_FOUND, BEYOND_LOG, RATE_LIMITED.
   */
  async watch(id: string, session: SessionFacts | null, { lot, round, from, secrets }: Watch): Promise<number> {
    const { held, parties } = await this.lots.open(lot, round, session);
    const { origin, run } = held;
    const size = await held.size();
    atMost(from, size);
    const followed = this.#followed.get(id);
    if (this.#crowd === null || followed === undefined) throw new DomainError('UNAVAILABLE', 'The connection is closing.');
    if (!followed.has(origin) && followed.size >= LOTS_WATCHED_MAX)
      throw new DomainError('RATE_LIMITED', `One connection follows at most ${String(LOTS_WATCHED_MAX)} lots. Leave one first.`);
    followed.add(origin);
    const { source, clock, problems } = this;
    const known = this.#lots.get(origin) ?? new FollowedLot({ origin, lot, round }, { source, crowd: this.#crowd, clock, problems });
    this.#lots.set(origin, known);
    known.watch(id, session, { run, parties, from, secrets });
    return size;
  }

  /** Only for who has a part in the lot: every head costs each of its witnesses a signature. Throws NOT_FOUND, FORBIDDEN. */
  async wantHead(session: SessionFacts | null, { lot, round }: { lot: string; round: number }): Promise<void> {
    const { held, parties } = await this.lots.open(lot, round, session);
    if (parties.length === 0) throw new DomainError('FORBIDDEN', 'A head of this moment is made for the parties of the lot.');
    await this.source.renewHead(held.origin);
  }

  connected(id: string): void {
    this.#followed.set(id, new Set());
  }

  leave(id: string, lot: string, round: number): void {
    for (const origin of this.#followed.get(id) ?? []) {
      const followed = this.#lots.get(origin);
      if (followed?.isOf(lot, round) === true) this.#leave(id, origin);
    }
  }

  disconnected(id: string): void {
    for (const origin of this.#followed.get(id) ?? []) this.#leave(id, origin);
    this.#followed.delete(id);
  }

  /** Ends every timer. */
  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    for (const cancel of this.#standings.values()) cancel();
    for (const lot of this.#lots.values()) lot.close();
    this.#standings.clear();
    this.#lots.clear();
    this.#followed.clear();
  }

  #leave(id: string, origin: string): void {
    this.#followed.get(id)?.delete(origin);
    const lot = this.#lots.get(origin);
    lot?.leave(id);
    if (lot?.isEmpty !== true) return;
    lot.close();
    this.#lots.delete(origin);
  }

  #tellStanding(origin: string): void {
    if (this.#standings.has(origin) || !this.#lots.has(origin)) return;
    this.#standings.set(
      origin,
      this.clock.after(STANDING_MS, () => {
        this.#standings.delete(origin);
        this.#sendStanding(origin).catch((error: unknown) => {
          this.problems.note(error, 'how a lot stands could not be sent', { origin });
        });
      }),
    );
  }

  async #sendStanding(origin: string): Promise<void> {
    const [summary, head] = await Promise.all([this.source.summary(origin), this.source.head(origin)]);
    if (summary === null) return;
    await this.#lots.get(origin)?.tellStanding(summary);
    if (head !== null) this.#crowd?.emit([origin], 'head:changed', { ...head, lot: summary.lot, round: summary.round });
  }
}
