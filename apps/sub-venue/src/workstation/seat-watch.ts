import type { SentEntry, Viewer } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import type { Replica } from '../replica/replica.js';
import { sentTo, visibleSecrets } from './lot-desk.js';

/** Where a watch sends what its viewer may see. */
export interface WatchSink {
  entries(replica: Replica, entries: SentEntry[]): void;
  refold(replica: Replica): void;
}

const PAGE_ENTRIES = 500;

/** One seat following one lot: entries in order, each cut down to the viewer's rights; a refold when those have widened. */
export class SeatWatch {
  #next: number;
  #visible = 0;
  #tail: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly replica: Replica,
    /** Asked each time: seats change. */
    private readonly viewers: () => readonly Viewer[],
    from: number,
    private readonly sink: WatchSink,
  ) {
    this.#next = from;
    this.#visible = visibleSecrets(replica.state, viewers(), from);
  }

  /** Sends what is missing up to the state that is folded. */
  catchUp(): Promise<void> {
    this.#tail = this.#tail.then(() => this.#catchUp());
    return this.#tail;
  }

  close(): void {
    this.#closed = true;
  }

  async #catchUp(): Promise<void> {
    while (!this.#closed && this.#next < this.replica.state.size) {
      const entries = await this.replica.entries(this.#next, PAGE_ENTRIES);
      const state = this.replica.state;
      const fresh = entries.filter(({ header }) => header.seq < state.size);
      if (fresh.length === 0) break;
      this.#send(fresh, state);
    }
    this.#compareRights();
  }

  #send(entries: readonly SentEntry[], state: LotState): void {
    const viewers = this.viewers();
    this.#next += entries.length;
    this.sink.entries(
      this.replica,
      entries.map((entry) => sentTo(entry, state, viewers)),
    );
    const from = this.#next - entries.length;
    this.#visible += visibleSecrets(state, viewers, this.#next) - visibleSecrets(state, viewers, from);
  }

  /** Something below what was sent has become visible: only folding again from the start puts it in its place. */
  #compareRights(): void {
    const visible = visibleSecrets(this.replica.state, this.viewers(), this.#next);
    if (visible === this.#visible || this.#closed) return;
    this.#visible = visible;
    this.sink.refold(this.replica);
  }
}
