import type { Head, LotSummary, SentEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import type { Logger } from '@app/platform';
import type { EntryReader, StoredEntry } from '../pipeline/pipeline.types.js';
import type { SessionFacts } from '@app/venue';
import type { LotViewers } from './lot-viewers.js';
import { sentTo } from './lot-viewers.js';

/** A connection that follows lots. */
export interface Watcher {
  readonly session: SessionFacts | null;
  sendEntries(origin: string, entries: SentEntry[]): void;
  sendRefold(origin: string): void;
  /** How the lot stands now, for lists and for the line of the head. */
  sendStanding(standing: { readonly summary: LotSummary; readonly head: Head | null }): void;
}

interface Watch {
  readonly watcher: Watcher;
  parties: readonly string[];
  /** Entries that were sent or need not be. */
  next: number;
  /** Parts of entries below `next` that this viewer may see: when it grows otherwise than by new entries, his rights have widened. */
  visible: number;
}

const PAGE_ENTRIES = 500;
/** Rights are compared again this long after an entry: many entries are one comparison. */
const REFOLD_MS = 150;
/** After a failure (the database is away) everybody is brought up to date after this long: no other entry may come. */
const RETRY_MS = 1_000;

interface Lot {
  readonly watches: Map<Watcher, Watch>;
  /** Work on one lot is done in order. */
  tail: Promise<void>;
  refold: NodeJS.Timeout | null;
  retry: NodeJS.Timeout | null;
}

/**
 * Sends entries to whoever follows a lot, each cut down to what he may see. A watcher that joined reads what he lacks from the
 * store first; a gap heals itself, since everybody has his own `next`.
 */
export class Watchers {
  readonly #lots = new Map<string, Lot>();

  constructor(
    private readonly viewers: Pick<LotViewers, 'open' | 'state'>,
    private readonly entries: EntryReader,
    private readonly logger: Logger,
  ) {}

  /** Lots that somebody follows. */
  get origins(): string[] {
    return [...this.#lots.keys()];
  }

  watchersOf(origin: string): Watcher[] {
    return [...(this.#lots.get(origin)?.watches.keys() ?? [])];
  }

  /** Begins or begins again from `from`; answers the log's size now. Throws NOT_FOUND. */
  async watch(watcher: Watcher, origin: string, from: number): Promise<number> {
    const { parties } = await this.viewers.open(origin, watcher.session);
    const size = await this.entries.size(origin);
    const lot = this.#lots.get(origin) ?? { watches: new Map<Watcher, Watch>(), tail: Promise.resolve(), refold: null, retry: null };
    this.#lots.set(origin, lot);
    const watch: Watch = { watcher, parties, next: from, visible: 0 };
    lot.watches.set(watcher, watch);
    this.#enqueue(origin, lot, async () => {
      // What lies below `from` counts too: it may become visible later.
      if (from > 0) watch.visible = await this.#countVisible(origin, watch, from);
      await this.#catchUp(origin, lot, watch, size);
    });
    return size;
  }

  leave(watcher: Watcher, origin: string): void {
    const lot = this.#lots.get(origin);
    if (lot === undefined) return;
    lot.watches.delete(watcher);
    if (lot.watches.size > 0) return;
    stopTimers(lot);
    this.#lots.delete(origin);
  }

  leaveAll(watcher: Watcher): void {
    for (const origin of [...this.#lots.keys()]) this.leave(watcher, origin);
  }

  /** A log has grown. Costs nothing when nobody follows it. */
  appended(origin: string, entries: readonly StoredEntry[]): void {
    const lot = this.#lots.get(origin);
    const first = entries[0];
    if (lot === undefined || first === undefined) return;
    const end = first.header.seq + entries.length;
    this.#enqueue(origin, lot, async () => {
      const state = await this.viewers.state(origin);
      for (const watch of lot.watches.values()) {
        if (watch.next === first.header.seq) this.#send(origin, watch, entries, state);
        else if (watch.next < end) await this.#catchUp(origin, lot, watch, end);
      }
    });
    lot.refold ??= setTimeout(() => {
      lot.refold = null;
      this.#enqueue(origin, lot, () => this.#compareRights(origin, lot));
    }, REFOLD_MS);
  }

  /** Ends every timer. */
  close(): void {
    for (const lot of this.#lots.values()) stopTimers(lot);
    this.#lots.clear();
  }

  async #catchUp(origin: string, lot: Lot, watch: Watch, size: number): Promise<void> {
    while (watch.next < size && lot.watches.get(watch.watcher) === watch) {
      const entries = await this.entries.read(origin, watch.next, PAGE_ENTRIES);
      if (entries.length === 0) return;
      this.#send(origin, watch, entries, await this.viewers.state(origin));
    }
  }

  #send(origin: string, watch: Watch, entries: readonly StoredEntry[], state: LotState): void {
    const sent = entries.map((entry) => sentTo(entry, state, watch.parties));
    watch.next += entries.length;
    watch.visible += partsOf(sent);
    watch.watcher.sendEntries(origin, sent);
  }

  async #compareRights(origin: string, lot: Lot): Promise<void> {
    for (const watch of [...lot.watches.values()]) {
      const { parties } = await this.viewers.open(origin, watch.watcher.session);
      const before = watch.visible;
      watch.parties = parties;
      const now = await this.#countVisible(origin, watch, watch.next);
      if (now === before || lot.watches.get(watch.watcher) !== watch) continue;
      watch.visible = now;
      watch.watcher.sendRefold(origin);
    }
  }

  async #countVisible(origin: string, watch: Watch, end: number): Promise<number> {
    const state = await this.viewers.state(origin);
    let visible = 0;
    for (let from = 0; from < end; from += PAGE_ENTRIES) {
      const entries = await this.entries.read(origin, from, Math.min(PAGE_ENTRIES, end - from));
      visible += partsOf(entries.map((entry) => sentTo(entry, state, watch.parties)));
    }
    return visible;
  }

  #enqueue(origin: string, lot: Lot, work: () => Promise<void>): void {
    lot.tail = lot.tail.then(work).catch((error: unknown) => {
      this.logger.error({ err: error, origin }, 'entries could not be sent; they are tried again');
      if (this.#lots.get(origin) !== lot) return;
      lot.retry ??= setTimeout(() => {
        lot.retry = null;
        this.#enqueue(origin, lot, () => this.#catchUpAll(origin, lot));
      }, RETRY_MS);
    });
  }

  async #catchUpAll(origin: string, lot: Lot): Promise<void> {
    const size = await this.entries.size(origin);
    for (const watch of lot.watches.values()) await this.#catchUp(origin, lot, watch, size);
    await this.#compareRights(origin, lot);
  }
}

function stopTimers({ refold, retry }: Lot): void {
  if (refold !== null) clearTimeout(refold);
  if (retry !== null) clearTimeout(retry);
}

const partsOf = (entries: readonly SentEntry[]): number => entries.reduce((sum, entry) => sum + Object.keys(entry.parts).length, 0);
