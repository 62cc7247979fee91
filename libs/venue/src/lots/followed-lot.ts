import type { LotSummary, SentEntry, Watch as WatchWish } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { CancelTimer, Clock } from '@app/platform';
import { DomainError } from '@app/platform';
import type { Problems } from '../problems/problems.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import { Audiences, keyOf } from './audiences.js';
import type { Crowd } from './crowd.js';
import type { HeldLot, LotSource } from './lot-source.js';
import { seenAs, sentTo, viewersOf, visibleSecrets } from './viewing.js';

/** Entries that are read, cut and sent at a time to whoever has to catch up. */
const CATCH_UP_ENTRIES = 500;
/** Rights are compared again this long after a lot has moved: many entries are one comparison. */
export const RIGHTS_MS = 150;
/** After a failure (the database is away) everybody is brought up to date after this long: no other entry may come. */
export const RETRY_MS = 1_000;

/** One connection that follows the lot. */
interface Watch {
  readonly id: string;
  readonly session: SessionFacts | null;
  parties: readonly string[];
  /** Entries that were sent or need not be. */
  next: number;
  /** Secret parts below `next` as they were sent; of use until the watch is live. */
  visible: number;
  isLive: boolean;
}

interface Wish extends Pick<WatchWish, 'from' | 'secrets'> {
  readonly run: LotRun;
  readonly parties: readonly string[];
}

export interface FollowerTools {
  readonly source: LotSource;
  readonly crowd: Crowd;
  readonly clock: Clock;
  readonly problems: Pick<Problems, 'note'>;
}

/**
 * A lot that somebody follows. Work on it is done in order, by one loop: whoever is behind gets pages until they are level with the others,
 * then stands in a room with all who see the same; new entries go to the rooms. A gap heals itself, since the loop reads what it was not
 * given.
 */
export class FollowedLot {
  readonly #watches = new Map<string, Watch>();
  readonly #behind = new Set<Watch>();
  readonly #audiences: Audiences;
  /** Entries that the rooms have; null until the loop has run once. */
  #next: number | null = null;
  /** Entries that are known to be there. */
  #end = 0;
  #fresh: SentEntry[] = [];
  #isRunning = false;
  #isStale = false;
  #rights: CancelTimer | null = null;
  #retry: CancelTimer | null = null;

  constructor(
    private readonly name: Pick<HeldLot, 'origin' | 'lot' | 'round'>,
    private readonly tools: FollowerTools,
  ) {
    this.#audiences = new Audiences(name, tools.crowd);
  }

  isOf(lot: string, round: number): boolean {
    return this.name.lot === lot && this.name.round === round;
  }
  get isEmpty(): boolean {
    return this.#watches.size === 0;
  }

  /** Sends entries from `from` on. Whoever follows already begins anew; whoever comes back says how many secret parts it has from before. */
  watch(id: string, session: SessionFacts | null, { run, parties, from, secrets }: Wish): void {
    this.leave(id);
    const visible = secrets ?? visibleSecrets(run, viewersOf(run.state, parties), 0, from);
    const watch: Watch = { id, session, parties, next: from, visible, isLive: false };
    this.#watches.set(id, watch);
    this.#behind.add(watch);
    this.tools.crowd.join(id, this.name.origin);
    this.#wake();
  }

  leave(id: string): void {
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    this.#watches.delete(id);
    this.#behind.delete(watch);
    this.tools.crowd.leave(id, this.name.origin);
    if (watch.isLive) this.#audiences.leave(id, watch.parties);
  }

  /** The log is longer, or more of it is open. */
  moved(fresh: readonly SentEntry[]): void {
    const [first] = fresh;
    if (first !== undefined) {
      if (this.#fresh.length === 0 || this.#end === first.header.seq) this.#fresh.push(...fresh);
      this.#end = Math.max(this.#end, first.header.seq + fresh.length);
    }
    this.#rights ??= this.tools.clock.after(RIGHTS_MS, () => {
      this.#rights = null;
      this.#compareRights();
    });
    this.#wake();
  }

  /** Tells how the lot stands, to each with the next limit that concerns them. */
  async tellStanding(summary: LotSummary): Promise<void> {
    const { run } = await this.#held();
    const same = Map.groupBy(this.#watches.values(), ({ parties }) => keyOf(parties));
    for (const watches of same.values()) {
      const nextLimit = run.nextLimit(watches[0]?.parties ?? []);
      this.tools.crowd.emit(
        watches.map(({ id }) => id),
        'lots:changed',
        { ...summary, nextLimit },
      );
    }
  }

  close(): void {
    this.#rights?.();
    this.#retry?.();
    this.#watches.clear();
    this.#behind.clear();
  }

  #wake(): void {
    this.#isStale = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#run().finally(() => {
      this.#isRunning = false;
      if (this.#isStale && !this.isEmpty && this.#retry === null) this.#wake();
    });
  }

  async #run(): Promise<void> {
    // The answer goes first: a client then knows how many entries to expect. And those who come in one turn read together.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      while (!this.isEmpty && (this.#isStale || this.#behind.size > 0)) {
        this.#isStale = false;
        await this.#catchUp();
        await this.#sendFresh();
      }
    } catch (error) {
      this.tools.problems.note(error, 'entries could not be sent; they are tried again', { origin: this.name.origin });
      this.#retry ??= this.tools.clock.after(RETRY_MS, () => {
        this.#retry = null;
        this.#compareRights();
        this.#wake();
      });
    }
  }

  /** Whoever is furthest behind first; all who lack the same are sent the same page, cut once for each class of them. */
  async #catchUp(): Promise<void> {
    for (;;) {
      const held = await this.#held();
      const next = (this.#next ??= await held.size());
      const lacking = [...this.#behind].map((watch) => watch.next).filter((at) => at < next);
      if (lacking.length === 0) {
        this.#goLive(held.run, next);
        break;
      }
      await this.#sendPage(Math.min(...lacking), next);
    }
    // Whoever has more than the rooms waits for those.
    for (const watch of this.#behind) this.#end = Math.max(this.#end, watch.next);
  }

  async #sendPage(from: number, end: number): Promise<void> {
    const entries = await this.tools.source.entries(this.name.origin, from, Math.min(CATCH_UP_ENTRIES, end - from));
    if (entries.length === 0) throw new DomainError('UNAVAILABLE', `entries from ${String(from)} on could not be read`);
    const { run } = await this.#held();
    const next = from + entries.length;
    const together = Map.groupBy(
      [...this.#behind].filter((watch) => watch.next === from),
      ({ parties }) => keyOf(parties),
    );
    const { lot, round } = this.name;
    for (const watches of together.values()) {
      const viewers = viewersOf(run.state, watches[0]?.parties ?? []);
      const visible = visibleSecrets(run, viewers, 0, next) - visibleSecrets(run, viewers, 0, from);
      const cut = entries.map((entry) => sentTo(entry, run, viewers));
      this.tools.crowd.emit(
        watches.map(({ id }) => id),
        'entries:appended',
        { lot, round, entries: cut },
      );
      for (const watch of watches) {
        watch.next = next;
        watch.visible += visible;
      }
    }
  }

  #goLive(run: LotRun, next: number): void {
    const { lot, round } = this.name;
    for (const watch of this.#behind) {
      if (watch.next !== next) continue;
      this.#behind.delete(watch);
      watch.isLive = true;
      const visible = this.#audiences.join(watch.id, watch.parties, run, next);
      // Their rights have widened while they were catching up, or while they were away.
      if (visible !== watch.visible) this.tools.crowd.emit([watch.id], 'lot:refold', { lot, round });
    }
  }

  async #sendFresh(): Promise<void> {
    if (this.#next === null) return;
    while (this.#next < this.#end) {
      const fresh = this.#takeFresh(this.#next);
      const entries =
        fresh.length > 0
          ? fresh
          : await this.tools.source.entries(this.name.origin, this.#next, Math.min(CATCH_UP_ENTRIES, this.#end - this.#next));
      if (entries.length === 0) throw new DomainError('UNAVAILABLE', `entries from ${String(this.#next)} on could not be read`);
      const { run } = await this.#held();
      this.#next += entries.length;
      this.#audiences.send(entries, run);
    }
  }

  /** What was handed over, from `next` on; nothing when there is a gap before it. */
  #takeFresh(next: number): SentEntry[] {
    const kept = this.#fresh.filter(({ header }) => header.seq >= next);
    const isNext = kept[0]?.header.seq === next;
    this.#fresh = [];
    return isNext ? kept : [];
  }

  #compareRights(): void {
    void this.#held()
      .then((held) => {
        this.#renew(held);
        if (this.#next !== null) this.#audiences.compareRights(held.run, this.#next);
      })
      .catch((error: unknown) => {
        this.tools.problems.note(error, 'rights in a lot could not be compared', { origin: this.name.origin });
      });
  }

  /** Somebody became another party, or none that may know of the lot: they begin anew, and are told as anybody is. */
  #renew(held: HeldLot): void {
    const { lot, round } = this.name;
    const known = new Map<SessionFacts | null, readonly string[]>();
    for (const watch of [...this.#watches.values()]) {
      const parties = known.get(watch.session) ?? seenAs(held, watch.session);
      known.set(watch.session, parties);
      const maySee = viewersOf(held.run.state, parties).some((viewer) => held.run.admits(viewer));
      if (maySee && keyOf(parties) === keyOf(watch.parties)) continue;
      this.leave(watch.id);
      this.tools.crowd.emit([watch.id], 'lot:refold', { lot, round });
    }
  }

  async #held(): Promise<HeldLot> {
    const held = await this.tools.source.find(this.name.lot, this.name.round);
    if (held === null) throw new DomainError('NOT_FOUND', `There is no lot ${this.name.origin}.`);
    return held;
  }
}
