import type { SentEntry } from '@app/contracts';
import { headerLeaf, MerkleTree, type TreeHasher } from '@app/ledger';
import type { EntryOutcome, LotJudge, Standing } from '../judge/lot-judge.js';
import { wrongEntry, type WrongEntry } from './seal.js';

/** The page gets a turn after judging for this long. */
const TURN_MS = 12;

/**
 * One lot, judged behind what is shown: the judge of everywhere takes each entry that this reader received, in order, and his word on every
 * one is kept. Folding the page never waits for it.
 */
export class Judging {
  readonly #outcomes: EntryOutcome[] = [];
  readonly #tree: MerkleTree;
  #root: { readonly size: number; readonly root: Uint8Array } | null = null;
  readonly #faults: WrongEntry[] = [];
  #unjudged: number | null = null;
  #running: Promise<void> | null = null;
  #isOver = false;

  constructor(
    private readonly judge: LotJudge,
    private readonly hasher: TreeHasher,
    /** Entries as they are here by now, from 0 on without a gap. */
    private readonly entries: () => readonly SentEntry[],
    private readonly onJudged: () => void,
    private readonly turn: () => Promise<void> = nextTurn,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#tree = new MerkleTree(hasher);
  }

  get size(): number {
    return this.#outcomes.length;
  }
  outcomeOf(seq: number): EntryOutcome | null {
    return this.#outcomes[seq] ?? null;
  }
  /** What is wrong, in the order of the log: the first finding of each check in each entry. */
  get faults(): readonly WrongEntry[] {
    return this.#faults;
  }
  /** The first entry in which something is wrong. */
  get wrong(): number | null {
    return this.#faults[0]?.seq ?? null;
  }
  /** The first entry of which this reader's parts do not say everything that later ones rest on. */
  get unjudged(): number | null {
    return this.#unjudged;
  }
  /** What a keeper asks of what was judged. */
  get standing(): Standing {
    return this.judge.standing;
  }
  /** Has a node attested this key of the lot? See {@link LotJudge.attests}. */
  attests(key: string): boolean {
    return this.judge.attests(key);
  }
  leafHash(seq: number): Uint8Array {
    return this.#tree.leafHash(seq);
  }
  /** Root over the first entries, of which there must be so many. Every seal asks for the same one. */
  rootOf(size: number): Uint8Array {
    if (this.#root?.size !== size) this.#root = { size, root: this.#tree.root(size) };
    return this.#root.root;
  }

  /** Judges what is here and was not judged yet, a little at a time. Resolves when nothing is left. */
  run(): Promise<void> {
    this.#running ??= this.#judgeAll().finally(() => (this.#running = null));
    return this.#running;
  }

  close(): void {
    this.#isOver = true;
  }

  async #judgeAll(): Promise<void> {
    while (!this.#isOver && this.size < this.entries().length) {
      const untilMs = this.nowMs() + TURN_MS;
      while (this.size < this.entries().length && this.nowMs() < untilMs) this.#take(this.entries()[this.size]);
      this.#unjudged = this.judge.unjudged;
      this.onJudged();
      await this.turn();
    }
  }

  #take(entry: SentEntry | undefined): void {
    if (entry === undefined) throw new RangeError('entries are here without a gap');
    const seq = this.size;
    this.judge.take(entry);
    const outcome = this.judge.latest;
    this.#outcomes.push(outcome);
    this.#faults.push(...outcome.faults.map((fault) => wrongEntry(seq, fault)));
    this.#tree.appendAll(headerLeaf(this.hasher, entry.header));
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
