import type { SentEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { evolve, initialLotState } from '@app/evaluation';
import { visibleEntry } from './page-entries.js';

/** Entries folded in one turn of the event loop: pushes and submissions go on in between. */
export const FOLD_STEP = 256;

export interface ReplicaName {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
}

/** Where a fold reads entries that it was not given: from `from` on, at most `limit`; empty at the end. */
type Read = (from: number, limit: number) => Promise<SentEntry[]>;

/** The state of one lot, folded behind the disk: taking entries in never waits for the rules. */
export class Fold {
  #state: LotState;
  #running: Promise<void> | null = null;

  constructor(
    private readonly name: ReplicaName,
    private readonly read: Read,
    /** Entries that are on disk. */
    private readonly size: () => number,
    private readonly onFolded: (entries: readonly SentEntry[], state: LotState) => void,
  ) {
    this.#state = initialLotState(name.origin, name.lot, name.round);
  }

  get state(): LotState {
    return this.#state;
  }

  /** Entries that were just written: folded at once when they are next, else behind. */
  push(from: number, entries: () => readonly SentEntry[], count: number): void {
    if (count <= FOLD_STEP && from === this.#state.size && this.#running === null) this.#take(entries());
    else void this.run();
  }

  /** Resolves when everything on disk is folded. */
  run(): Promise<void> {
    this.#running ??= this.#catchUp().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Folds again from the start, telling nobody in between. */
  async again(): Promise<LotState> {
    await this.#running;
    let state = initialLotState(this.name.origin, this.name.lot, this.name.round);
    for (let entries = await this.read(0, FOLD_STEP); entries.length > 0; entries = await this.read(state.size, FOLD_STEP)) {
      for (const entry of entries) state = evolve(state, visibleEntry(entry));
      await nextTurn();
    }
    this.#state = state;
    return state;
  }

  async #catchUp(): Promise<void> {
    while (this.#state.size < this.size()) {
      const entries = await this.read(this.#state.size, Math.min(FOLD_STEP, this.size() - this.#state.size));
      if (entries.length === 0) return;
      this.#take(entries);
      await nextTurn();
    }
  }

  #take(entries: readonly SentEntry[]): void {
    let state = this.#state;
    for (const entry of entries) if (entry.header.seq === state.size) state = evolve(state, visibleEntry(entry));
    this.#state = state;
    this.onFolded(entries, state);
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
