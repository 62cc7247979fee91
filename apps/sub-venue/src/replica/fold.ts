import type { SentEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { CancelTimer, Clock, Logger } from '@app/platform';
import type { LotJudge, Standing } from '@app/verifying';

/** Entries folded in one turn of the event loop: pushes and submissions go on in between. */
const FOLD_STEP = 256;
/** Entries read at a time: a page is opened as a whole, so reading less opens it again. */
const FOLD_READ = 2_048;
/** Folding begins this long after the last large page: while a replica catches up, checking and writing come first. */
const FOLD_PAUSE_MS = 300;
/** And not later than this after the first one. */
const FOLD_DELAY_MS_MAX = 10_000;
/** Folding that failed (the database is away) begins again after this long: no other page may come to set it going. */
const FOLD_RETRY_MS = 1_000;

export interface ReplicaName {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
}

/** Where a fold reads entries that it was not given: from `from` on, at most `limit`; empty at the end. */
type Read = (from: number, limit: number) => Promise<SentEntry[]>;

/** One lot, judged and folded behind the disk: taking entries in never waits for the rules. */
export class Fold {
  #judge: LotJudge;
  #running: Promise<void> | null = null;
  #cancel: CancelTimer | null = null;
  #dueMs = 0;
  #closed = false;

  constructor(
    /** A judge of the lot who has read nothing yet. */
    private readonly begin: () => LotJudge,
    private readonly origin: string,
    private readonly read: Read,
    /** Entries that are on disk. */
    private readonly size: () => number,
    private readonly onFolded: (entries: readonly SentEntry[], run: LotRun) => void,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.#judge = begin();
  }

  /** Folded so far, under the engine that the lot names. */
  get run(): LotRun {
    return this.#judge.run;
  }

  /** What the judge makes of the entries that were folded. */
  get standing(): Standing {
    return this.#judge.standing;
  }

  /** See {@link LotJudge.hasProven}. */
  hasProven(key: string): boolean {
    return this.#judge.hasProven(key);
  }

  /** Entries that were just written: folded at once when they are next, else behind. */
  push(from: number, entries: () => readonly SentEntry[], count: number): void {
    if (count <= FOLD_STEP && from === this.run.size && this.#running === null) this.#take(entries());
    else this.soon();
  }

  /** Folds what is on disk, in a while. */
  soon(): void {
    const nowMs = this.clock.nowMs();
    if (this.#cancel === null) this.#dueMs = nowMs + FOLD_DELAY_MS_MAX;
    this.#runIn(Math.max(0, Math.min(FOLD_PAUSE_MS, this.#dueMs - nowMs)));
  }

  /** Resolves when everything on disk is folded. */
  settle(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#running ??= this.#catchUp().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Judges and folds again from the start, telling nobody in between. */
  async again(): Promise<LotRun> {
    await this.#running;
    const judge = this.begin();
    for (let entries = await this.read(0, FOLD_STEP); entries.length > 0; entries = await this.read(judge.run.size, FOLD_STEP)) {
      for (const entry of entries) judge.take(entry);
      await nextTurn();
    }
    this.#judge = judge;
    return judge.run;
  }

  /** Ends the timer; what is not folded is folded at the next start. */
  close(): void {
    this.#closed = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #runIn(waitMs: number): void {
    if (this.#closed) return;
    this.#cancel?.();
    this.#cancel = this.clock.after(waitMs, () => {
      this.settle().catch((error: unknown) => {
        if (this.#closed) return;
        this.logger.warn({ err: error, origin: this.origin }, 'replica: folding stopped; it goes on in a while');
        this.#runIn(FOLD_RETRY_MS);
      });
    });
  }

  async #catchUp(): Promise<void> {
    while (this.run.size < this.size()) {
      const before = this.run.size;
      const entries = await this.read(before, Math.min(FOLD_READ, this.size() - before));
      if (entries.length === 0) return;
      for (let at = 0; at < entries.length; at += FOLD_STEP) {
        this.#take(entries.slice(at, at + FOLD_STEP));
        await nextTurn();
      }
    }
  }

  #take(entries: readonly SentEntry[]): void {
    for (const entry of entries) if (entry.header.seq === this.run.size) this.#judge.take(entry);
    this.onFolded(entries, this.run);
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
