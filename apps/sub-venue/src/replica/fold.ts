import type { SentEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { CancelTimer, Clock, Logger } from '@app/platform';
import type { LotJudge, Standing } from '@app/verifying';

/** Entries folded in one turn of the event loop, and how long a turn may take: pushes, submissions and requests go on in between. */
const FOLD_STEP = 256;
const FOLD_TURN_MS = 20;
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

  /** Nothing is folded here any more: the site goes down. */
  get isClosed(): boolean {
    return this.#closed;
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
    let from = 0;
    for (let entries = await this.read(0, FOLD_READ); entries.length > 0; entries = await this.read(from, FOLD_READ)) {
      for (let at = 0; at < entries.length;) {
        at = this.#turn(judge, entries, at);
        await nextTurn();
      }
      from += entries.length;
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
    while (!this.#closed && this.run.size < this.size()) {
      const before = this.run.size;
      const entries = await this.read(before, Math.min(FOLD_READ, this.size() - before));
      for (let at = 0; at < entries.length;) {
        const from = at;
        at = this.#turn(this.#judge, entries, from);
        this.onFolded(entries.slice(from, at), this.run);
        await nextTurn();
        if (this.isClosed) return;
      }
      // The disk has no more, or the log went on under an engine that is not here: there it stays.
      if (this.run.size === before) return;
    }
  }

  #take(entries: readonly SentEntry[]): void {
    for (const entry of entries) judgeNext(this.#judge, entry);
    this.onFolded(entries, this.run);
  }

  /** Gives the judge entries from `at` on until the turn is over; answers where it ended. */
  #turn(judge: LotJudge, entries: readonly SentEntry[], at: number): number {
    const endMs = this.clock.nowMs() + FOLD_TURN_MS;
    let next = at;
    for (const entry of entries.slice(at, at + FOLD_STEP)) {
      judgeNext(judge, entry);
      next += 1;
      if (this.clock.nowMs() >= endMs) break;
    }
    return next;
  }
}

/** What was judged, and what comes after an entry that calls for an engine which is not here, is left out. */
function judgeNext(judge: LotJudge, entry: SentEntry): void {
  const { run } = judge;
  if (run.missing === null && entry.header.seq === run.size) judge.take(entry);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
