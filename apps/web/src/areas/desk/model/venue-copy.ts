import { asRequestError } from '@app/client';
import type { KeptDesk, There, VenueDesk } from './kept-desk.js';

/** What is offered goes to the venue this long after, many changes as one; and again after this long when the venue did not take it. */
const SEND_MS = 1_000;
const SEND_AGAIN_MS = 5_000;

interface CopyEvents {
  /** Something lies at the venue that this side did not put there: at the beginning, and where another seat came between. */
  found(there: KeptDesk): void;
  /** What was offered last lies at the venue. */
  taken(): void;
  /** The venue does not take it, and would not later either. */
  refused(): void;
}
interface Offer {
  readonly sealed: Uint8Array;
  readonly at: number;
}

/**
 * Brings one desk to the venue of the seat. Until the venue has said what lies there nothing is sent; one is on its way at a time, and each rests
 * on what is known to lie there, so that no older one ever takes a newer one's place. What does not open there is not written over.
 */
export class VenueCopy {
  #basis: number | null = null;
  #newest: Offer | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #atWork: Promise<void> | null = null;
  #isStopped = false;
  #isOver = false;

  constructor(
    private readonly venue: VenueDesk,
    private readonly events: CopyEvents,
  ) {}

  /** The venue does not take it, or has something that is not written over. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Resolves when the venue has said what lies there, or cannot say it now: it is asked again then. */
  begin(): Promise<void> {
    return this.#turn();
  }

  offer(sealed: Uint8Array, at: number): void {
    this.#newest = { sealed, at };
    if (this.#isStopped) this.events.refused();
    else this.#soon(SEND_MS);
  }

  /** The last change goes with the page: it is on the disk, and the venue has it, too, if it takes it. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#isOver = true;
    if (this.#basis !== null) void this.#turn();
  }

  #soon(pause: number): void {
    if (this.#isOver || this.#isStopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#turn();
    }, pause);
  }

  async #turn(): Promise<void> {
    // Whoever comes while one is on its way sends what is newest then.
    while (this.#atWork !== null) await this.#atWork;
    if (this.#isStopped) return;
    this.#atWork = this.#work().finally(() => {
      this.#atWork = null;
    });
    await this.#atWork;
  }

  async #work(): Promise<void> {
    const sent = this.#newest;
    try {
      if (this.#basis === null) this.#know(await this.venue.ask());
      else if (sent !== null) this.#answered(sent, await this.venue.keep(sent.sealed, sent.at, this.#basis));
    } catch (error) {
      if (asRequestError(error).isPassing) this.#soon(SEND_AGAIN_MS);
      else this.#stop();
    }
  }

  #answered(sent: Offer, there: There): void {
    if (there.at !== sent.at) {
      this.#know(there);
      return;
    }
    this.#basis = there.at;
    if (sent !== this.#newest) return;
    this.#newest = null;
    this.events.taken();
  }

  #know(there: There): void {
    this.#basis = there.at;
    // What waits rests on something else: whoever hears of it offers anew.
    this.#newest = null;
    if (there.desk === 'foreign') this.#stop();
    else this.events.found(there.desk);
  }

  #stop(): void {
    this.#isStopped = true;
    this.events.refused();
  }
}
