import type { Disclosure, Erasure, Page } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { LotErasures } from './lot-erasures.js';
import { LotFeed } from './lot-feed.js';
import { LotSight } from './lot-sight.js';
import type { SiteContext } from './site-context.js';

/** Rights are looked at again this long after the log moved: a burst of entries asks once. */
const SIGHT_DELAY_MS = 100;

/** What a followed log asks of the line to its site. All reject when the site does not take what it is sent. */
export interface SiteLine {
  readonly venue: string;
  /** Resolves with the replica's size when the page is durable there. */
  send(page: Page): Promise<number>;
  disclose(disclosure: Disclosure): Promise<void>;
  erase(erasure: Erasure): Promise<void>;
  /** Tells the site its seats in this lot. */
  assign(state: LotState): Promise<void>;
  pushRegistry(): Promise<void>;
}

/** What a site has of a log, by its own word. */
export interface Known {
  readonly size: number;
  readonly viewers: readonly string[];
}

/**
 * One log on its way to one site: its entries, then whatever else its state makes the site's business, which is looked at after
 * every move of the log: parts that it may see by now, seats with their persons, orders to erase.
 */
export class FollowedLog {
  readonly #feed: LotFeed;
  readonly #sight: LotSight;
  readonly #erasures: LotErasures;
  /** Seats for which the registry was pushed; the state is ahead of the database by what is being committed. */
  #seats: string | null = null;
  /** Rights are about to be looked at, or are being looked at. */
  #isLooking = false;
  /** The log moved meanwhile. */
  #isLookDue = false;
  /** The site does not have yet what it may see, or has still what it must erase. */
  #hasLookFailed = false;
  #closed = false;

  /** `size`: entries that the log has at least. */
  constructor(
    private readonly origin: string,
    known: Known,
    size: number,
    private readonly line: SiteLine,
    private readonly context: SiteContext,
  ) {
    const { reader, maker, logger } = context;
    this.#sight = new LotSight(line.venue, origin, known.viewers, reader, maker);
    this.#erasures = new LotErasures(origin);
    this.#feed = new LotFeed(
      origin,
      Math.min(known.size, size),
      size,
      (from) => this.#page(from),
      (page) => line.send(page),
      logger,
    );
  }

  /** The feed ended on an error: a disk that was full, an ack that did not come. */
  get isStopped(): boolean {
    return this.#feed.isStopped;
  }
  get viewers(): readonly string[] {
    return this.#sight.viewers;
  }

  /** The log has at least `size` entries. */
  grown(size: number): void {
    this.#feed.grown(size);
    this.#lookSoon();
  }

  /** Gives the site again what it did not take. */
  retry(): void {
    if (this.#hasLookFailed) this.#lookSoon();
  }

  close(): void {
    this.#closed = true;
    this.#feed.close();
  }

  async #page(from: number): Promise<Page | null> {
    const { reader, maker, pipeline } = this.context;
    const entries = await reader.read(this.origin, from, VENUE_WIRE.pageEntriesMax, VENUE_WIRE.pageBytesMax);
    if (entries.length === 0) return null;
    const run = await pipeline.lotRun(this.origin);
    this.#sight.sent(run, from, from + entries.length);
    return maker.page(this.origin, entries, this.#sight.viewers, run);
  }

  #lookSoon(): void {
    this.#isLookDue = true;
    if (this.#isLooking || this.#closed) return;
    this.#isLooking = true;
    this.context.clock.after(SIGHT_DELAY_MS, () => {
      this.#isLookDue = false;
      this.#hasLookFailed = false;
      void this.#look()
        .catch((error: unknown) => {
          this.#hasLookFailed = true;
          const facts = { err: error, venue: this.line.venue, origin: this.origin };
          this.context.logger.warn(facts, 'venue: what the site may see could not be given to it');
        })
        .finally(() => {
          this.#isLooking = false;
          if (this.#isLookDue) this.#lookSoon();
        });
    });
  }

  /** Only for entries that are on their way already: later ones are made with the rights of their time. */
  async #look(): Promise<void> {
    if (this.#closed) return;
    const run = await this.context.pipeline.lotRun(this.origin);
    const { state } = run;
    const disclosures = await this.#sight.widened(run, this.#feed.next);
    const { viewers, isReseated } = this.#sight;
    for (const disclosure of disclosures) await this.line.disclose(disclosure);
    // The site hears of its seats last: what it then says of them when it comes back is what it was given for.
    if (isReseated) await this.line.assign(state);
    await this.#tellSeats(viewers.join(), state.size);
    this.#sight.given(disclosures, viewers);
    await this.#tellErasures(state);
  }

  /** A site obeys an order that it finds in its own replica: one that it does not have yet waits for the next heartbeat. */
  async #tellErasures(state: LotState): Promise<void> {
    for (const { order, notice } of this.#erasures.untold(state)) {
      if (order >= this.#feed.acked) {
        this.#hasLookFailed = !this.#feed.isStopped;
        return;
      }
      await this.line.erase(notice);
      this.#erasures.told(order);
    }
  }

  /** Persons of new seats. Those of entries that are still being committed are pushed when the log is told to have grown by them. */
  async #tellSeats(seats: string, size: number): Promise<void> {
    if (this.#seats === seats) return;
    const isCommitted = size <= this.#feed.size;
    await this.line.pushRegistry();
    if (isCommitted) this.#seats = seats;
  }
}
