import type { Disclosure, Erasure, Page, SentEntry } from '@app/contracts';
import type { LotRun, LotState } from '@app/evaluation';
import { erasedBy } from '@app/evaluation';
import type { Judge } from '@app/ledger';
import { HASH_SIZE, MerkleTree, TreeHasher } from '@app/ledger';
import type { Clock, Logger } from '@app/platform';
import { DomainError } from '@app/platform';
import type { LotJudge, Standing } from '@app/verifying';
import type { SiteCrypto } from '../site/site-crypto.js';
import type { ReplicaName } from './fold.js';
import { Fold } from './fold.js';
import { openedParts, pageEntries, pageFrom, placeOf, withErased, withOpened } from './page-entries.js';
import type { ReplicaEvents } from './replica-events.js';
import type { ReplicaRepository } from './replica.repository.js';
import { SignedStanding } from './signed-standing.js';
import { StoredPages } from './stored-pages.js';

/**
 * One lot as this site has verified it: entries checked against their commitments and places, the tree against every signed checkpoint,
 * and everything that this site may see judged and folded by the rules of everywhere. Pages come in order through {@link receive};
 * everything that changes the disk runs one after the other in {@link #chain}.
 */
export class Replica {
  readonly #pages: StoredPages;
  #tree: MerkleTree;
  /** Entries on this site's disk: what a push is acked with. The tree may run ahead while a page is being written. */
  #durable = 0;
  #isAhead = false; // the tree holds what could not be written: the disk is read back before another page is taken
  readonly #standing: SignedStanding;
  /** Entries that lay on the disk at the start. */
  #found = 0;
  #fault: string | null = null;
  /** A fault is evidence: it is on disk before anybody hears that the note was taken. */
  #faultSaved: Promise<void> = Promise.resolve();
  readonly #fold: Fold;
  #chain: Promise<unknown> = Promise.resolve();

  constructor(
    readonly name: ReplicaName,
    private readonly repository: ReplicaRepository,
    crypto: SiteCrypto,
    judge: Judge,
    /** Makes a judge of this lot who has read nothing yet. */
    begin: () => LotJudge,
    private readonly events: ReplicaEvents,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    const hasher = new TreeHasher(crypto.profile.hash);
    this.#pages = new StoredPages(name.origin, repository, hasher, crypto);
    this.#tree = new MerkleTree(hasher);
    this.#standing = new SignedStanding(name.origin, judge, logger);
    this.#fold = new Fold(
      begin,
      name.origin,
      (from, limit) => this.entries(from, limit),
      () => this.#durable,
      (entries, run) => {
        this.events.folded(this, entries, run);
        for (const note of this.#standing.undecided(run.state)) this.#offer(note);
      },
      clock,
      logger,
    );
  }

  get origin(): string {
    return this.name.origin;
  }
  get size(): number {
    return this.#durable;
  }
  /** See {@link SignedStanding}. */
  get checkedSize(): number {
    return this.#standing.checked;
  }
  get quorateSize(): number {
    return this.#standing.quorate;
  }
  get quorumAtMs(): number {
    return this.#standing.quorumAtMs;
  }
  get checkpoint(): string | null {
    return this.#standing.checkpoint;
  }
  get fault(): string | null {
    return this.#fault;
  }
  /** The tree over this replica's entries, if it has `size` of them on disk. Whoever gets it must not change it. */
  treeOf(size: number): MerkleTree | null {
    return size <= this.#durable ? this.#tree : null;
  }
  /** Folded so far, under the engine that the lot names; its `size` says how far. */
  get run(): LotRun {
    return this.#fold.run;
  }
  /** What this site's own judge makes of the entries that were folded: whoever acts on this log asks it first. */
  get standing(): Standing {
    return this.#fold.standing;
  }
  /** Has this site seen the certificate that binds a member's key of the lot, and found it good? */
  hasProven(key: string): boolean {
    return this.#fold.hasProven(key);
  }
  /** The same in its newest shape. */
  get state(): LotState {
    return this.run.state;
  }

  /**
   * Reads the disk back and checks it as if it came over the wire. A disk that fails the check is told as broken. What is there is judged
   * and folded when somebody asks for it ({@link atHand}): until then this site acts on none of it.
   */
  async load(checkpoint: string | null, fault: string | null): Promise<void> {
    this.#fault = fault;
    await this.#reload();
    this.#found = this.#durable;
    if (checkpoint !== null) this.#offer(checkpoint);
    await this.#faultSaved;
  }

  /**
   * Takes a page: checks it, writes it, folds it. Resolves with the replica's size once the page is durable; entries that are
   * here already are compared, a page from further on is left out (the feed then goes on from the size answered). Throws
   * PageFault or PageFormatError for a page that the log cannot contain.
   */
  async receive(page: Page): Promise<number> {
    if (this.#fault !== null) throw new DomainError('READ_ONLY', 'this replica contradicts what was signed; a human must look first');
    if (this.#isAhead) await this.#serially(() => this.#readBack());
    const tree = this.#tree;
    const known = tree.size;
    if (page.from > known) return this.#settled();
    const leaves = this.#pages.checked(page);
    this.#pages.compare(page, leaves, tree);
    const fresh = pageFrom(page, known);
    if (fresh.count === 0 || page.from + page.count <= known) return this.#settled();
    tree.appendAll(leaves.subarray((known - page.from) * HASH_SIZE));
    return this.#serially(async () => {
      // A page before this one could not be written: this one would leave a hole. And a disk that was read back meanwhile gave
      // another tree, which knows nothing of this page, also when the page before it lies there after all.
      if (tree !== this.#tree || fresh.from !== this.#durable) return this.#durable;
      try {
        await this.repository.append(fresh);
      } catch (error) {
        this.#isAhead = true;
        await this.#readBack();
        throw new DomainError('UNAVAILABLE', 'the page could not be written', { cause: error });
      }
      this.#durable = fresh.from + fresh.count;
      this.#afterAppend(fresh);
      return this.#durable;
    });
  }

  /** Takes a signed note: entries that it covers become checked. A note that contradicts them breaks the replica. */
  async offerCheckpoint(text: string): Promise<void> {
    await this.#serially(async () => {
      if (this.#fault === null && this.#offer(text) && this.checkpoint !== null)
        await this.repository.saveCheckpoint(this.origin, this.checkpoint);
      await this.#faultSaved;
    });
  }

  /** Parts that this site's rights have come to cover: checked, stored, and the lot folded again from the start. */
  async disclose({ parts }: Disclosure): Promise<void> {
    const opened = openedParts(parts);
    await this.#serially(() => this.#rewrite(parts, (page) => withOpened(page, opened)));
  }

  /**
   * Erases parts, open ones and ciphertext alike. Not on the main venue's word: throws unless this replica holds the entry that orders
   * each of them, for a mirror without its parts could heal nothing.
   */
  async erase({ parts }: Erasure): Promise<void> {
    const state = await this.folded();
    const unordered = parts.find(({ seq, name }) => erasedBy(state, seq, name) === null);
    if (unordered !== undefined)
      throw new DomainError('FORBIDDEN', `no entry here orders part ${unordered.name} of ${String(unordered.seq)} to be erased`);
    const erased = new Set(parts.map(({ seq, name }) => placeOf(seq, name)));
    await this.#serially(() => this.#rewrite(parts, (page) => withErased(page, erased)));
  }

  /** Entries with the parts that are open here, in order; at most about `limit`. */
  entries(from: number, limit: number): Promise<SentEntry[]> {
    return this.#pages.entries(from, limit);
  }

  /** Is everything that lay on the disk at the start judged and folded? Of a log that went on under an engine which is not here: up to there. */
  get isAtHand(): boolean {
    return this.#isFoldedTo(this.#found);
  }

  /** Resolves when {@link isAtHand}: whoever is to be answered from the state waits for it. Throws UNAVAILABLE when the site goes down. */
  atHand(): Promise<void> {
    return this.#foldedTo(() => this.#found);
  }

  /** The state with everything that is on disk folded in. Throws UNAVAILABLE when the site goes down. */
  async folded(): Promise<LotState> {
    await this.#foldedTo(() => this.#durable);
    return this.state;
  }

  /** Folds what is on disk, in a while; again, where that fails. */
  foldSoon(): void {
    this.#fold.soon();
  }

  /** Judges the lot again from its first entry: whom this site believes has changed. */
  async judgeAgain(): Promise<void> {
    await this.#serially(async () => {
      this.events.refolded(this, await this.#fold.again());
    });
  }

  /** Ends its timers; what is being written is waited for. */
  async close(): Promise<void> {
    this.#fold.close();
    await this.#chain;
  }

  /** Or as far as there is an engine here for the log. */
  #isFoldedTo(size: number): boolean {
    return this.run.size >= size || this.run.missing !== null;
  }

  async #foldedTo(size: () => number): Promise<void> {
    while (!this.#isFoldedTo(size())) {
      if (this.#fold.isClosed) throw new DomainError('UNAVAILABLE', 'this site is going down');
      await this.#fold.settle();
    }
  }

  async #settled(): Promise<number> {
    await this.#serially(() => Promise.resolve());
    return this.#durable;
  }

  /** True when more entries stand under a signed note than before. */
  #offer(text: string): boolean {
    const offered = this.#standing.offer(text, {
      size: this.#durable,
      tree: this.#tree,
      state: this.state,
      nowMs: this.clock.nowMs(),
    });
    if (offered.kind === 'contradicted') this.#break(offered.reason);
    if (offered.kind !== 'news') return false;
    this.events.checked(this);
    return true;
  }

  #afterAppend(page: Page): void {
    this.#fold.push(page.from, () => pageEntries(page), page.count);
    this.#reoffer();
  }

  #reoffer(): void {
    const ahead = this.#standing.takeAhead();
    if (ahead !== null && this.#offer(ahead))
      void this.repository.saveCheckpoint(this.origin, ahead).catch((error: unknown) => {
        this.logger.warn({ err: error, origin: this.origin }, 'replica: a checkpoint could not be saved');
      });
  }

  /** Nothing changes for parts that are as they should be. */
  async #rewrite(parts: readonly { readonly seq: number }[], change: (page: Page) => Page): Promise<void> {
    const isChanged = await this.#pages.rewrite(parts, this.#durable, change);
    if (isChanged) this.events.refolded(this, await this.#fold.again());
  }

  /** Once for all who wait for it: what one of them has appended to the tree since must stay in it. */
  async #readBack(): Promise<void> {
    if (!this.#isAhead) return;
    try {
      await this.#reload();
    } catch (error) {
      throw new DomainError('UNAVAILABLE', 'the replica cannot be read back', { cause: error });
    }
    // What the disk has although its writing seemed to fail is folded and checked like everything else.
    this.#fold.soon();
    this.#reoffer();
  }

  async #reload(): Promise<void> {
    const { tree, fault } = await this.#pages.readBack();
    if (fault !== null) this.#break(fault);
    this.#tree = tree;
    this.#durable = tree.size;
    this.#isAhead = false;
  }

  #break(reason: string): void {
    this.#fault ??= reason;
    this.logger.error({ origin: this.origin, reason }, 'replica: it contradicts what the main venue signed');
    this.#faultSaved = this.repository.saveFault(this.origin, reason).catch((error: unknown) => {
      this.logger.error({ err: error, origin: this.origin }, 'replica: its fault could not be written');
    });
    this.events.broken(this, reason);
  }

  #serially<T>(fn: () => Promise<T>): Promise<T> {
    const result = this.#chain.then(fn, fn);
    this.#chain = result.catch(() => undefined);
    return result;
  }
}
