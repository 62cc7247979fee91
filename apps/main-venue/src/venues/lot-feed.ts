import type { Page } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import type { Logger } from '@app/platform';

/** Makes the page that starts at `from`; null when the log ends there. */
export type ReadPage = (from: number) => Promise<Page | null>;
/** Sends a page; resolves with the replica's size when it is durable there, throws when the site refuses it or does not answer. */
export type SendPage = (page: Page) => Promise<number>;

/**
 * Feeds one log to one site: live pushes and catching up are the same walk. A few pages are on their way at a time; the size
 * that the site acknowledges is the truth, so a page that it left out is sent again.
 */
export class LotFeed {
  #next: number;
  #acked: number;
  #size: number;
  #inFlight = 0;
  #reading = false;
  #closed = false;
  /** A page was left out, or not acknowledged: when everything on its way is back, the walk goes on from here. */
  #rewindTo: number | null = null;
  /** Where the walk went back to since a page was last taken. */
  #rewoundTo: number | null = null;

  constructor(
    readonly origin: string,
    from: number,
    size: number,
    private readonly read: ReadPage,
    private readonly send: SendPage,
    private readonly logger: Logger,
  ) {
    this.#next = from;
    this.#acked = from;
    this.#size = size;
  }

  /** Entries that were sent, acknowledged or not. */
  get next(): number {
    return this.#next;
  }
  /** Entries that the site has on its disk. */
  get acked(): number {
    return this.#acked;
  }
  /** Entries that the log is known to have. */
  get size(): number {
    return this.#size;
  }
  get isStopped(): boolean {
    return this.#closed;
  }

  /** The log has at least `size` entries. */
  grown(size: number): void {
    this.#size = Math.max(this.#size, size);
    this.pump();
  }

  close(): void {
    this.#closed = true;
  }

  pump(): void {
    if (this.#reading || this.#closed || this.#rewindTo !== null) return;
    if (this.#next >= this.#size || this.#inFlight >= VENUE_WIRE.pagesInFlightMax) return;
    this.#reading = true;
    void this.#step();
  }

  async #step(): Promise<void> {
    try {
      const page = await this.read(this.#next);
      if (page === null) this.#size = this.#next;
      else if (!this.#closed && this.#rewindTo === null) this.#sent(page);
    } catch (error) {
      this.logger.error({ err: error, origin: this.origin }, 'venue: a page could not be made');
      this.#closed = true;
    }
    this.#reading = false;
    this.#rewind();
    this.pump();
  }

  #sent(page: Page): void {
    const end = page.from + page.count;
    this.#next = end;
    this.#inFlight += 1;
    this.send(page).then(
      (size) => {
        this.#acked = size;
        if (size >= end) this.#rewoundTo = null;
        this.#back(size < end ? size : null);
      },
      (error: unknown) => {
        this.logger.error({ err: error, origin: this.origin, from: page.from }, 'venue: a site refused a page, or is gone');
        this.#closed = true;
        this.#back(null);
      },
    );
  }

  #back(rewindTo: number | null): void {
    this.#inFlight -= 1;
    if (rewindTo !== null) this.#rewindTo = Math.min(rewindTo, this.#rewindTo ?? rewindTo);
    this.#rewind();
    this.pump();
  }

  /** Goes back once nothing is on its way any more, be it a page that is sent or one that is being read. */
  #rewind(): void {
    if (this.#rewindTo === null || this.#inFlight > 0 || this.#reading) return;
    // Twice from the same place and nothing taken: that is no walk. The next heartbeat begins a new one.
    if (this.#rewindTo === this.#rewoundTo) {
      this.logger.error({ origin: this.origin, from: this.#rewindTo }, 'venue: a site takes no page from here on');
      this.#closed = true;
    }
    this.#next = this.#rewindTo;
    this.#rewoundTo = this.#rewindTo;
    this.#rewindTo = null;
  }
}
