import type { BlobStore } from '@app/blobs';
import { BlobStore as Store } from '@app/blobs';
import { isBefore, type LotState, openedBids, own } from '@app/evaluation';
import type { CancelTimer, Logger } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import type { OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { MainFiles } from './main-files.js';

/** What could not be fetched is tried again after this long. */
const RETRY_MS = 10_000;

type MirroredLot = Pick<Replica, 'origin' | 'state' | 'atHand'>;

/** Files that the seats of a lot read while they evaluate: the ciphertexts of its opened bids, and the tender document. */
export function filesToMirror(state: LotState): string[] {
  const bids = openedBids(state).flatMap(({ bid }) => own(state.bidding.bids, bid)?.ciphertext.hash ?? []);
  if (bids.length === 0) return [];
  const isDone = !['SUSPENDED', 'RE_EVALUATION'].includes(state.status) && !isBefore(state.status, 'CANDIDATE_PUBLICITY');
  const { documentPackage, amendments } = state.setup;
  return isDone ? [] : [...bids, ...(documentPackage === null ? [] : [documentPackage]), ...amendments.map(({ package: hash }) => hash)];
}

/**
 * Copies what a lot's committee reads to this site, as it lies at the main venue and so as ciphertext, so that its seats go on reading while the
 * line is cut. One file after the other; each is hashed on the way and stands here whole or not at all. When the evaluation is over they go.
 */
@Injectable()
export class BidMirror implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  /** By lot: what of it is to be here. */
  readonly #wanted = new Map<string, readonly string[]>();
  readonly #said = new Set<string>();
  #stopListening: (() => void) | null = null;
  #timer: CancelTimer | null = null;
  #isAtWork = false;
  #isClosed = false;

  constructor(
    @Inject(Replicas) private readonly replicas: { listen: Replicas['listen']; all(): readonly MirroredLot[] },
    @Inject(Store) private readonly store: Pick<BlobStore, 'has' | 'put' | 'remove' | 'hashes'>,
    @Inject(MainFiles) private readonly main: Pick<MainFiles, 'open'>,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  onModuleInit(): void {
    const look = (replica: Pick<Replica, 'origin' | 'state'>): void => {
      this.look(replica);
    };
    this.#stopListening = this.replicas.listen({ added: look, folded: look, refolded: look });
    for (const replica of this.replicas.all()) look(replica);
  }

  onApplicationBootstrap(): void {
    this.tidy().catch((error: unknown) => {
      if (!this.#isClosed) this.logger.warn({ err: error }, 'mirror: what is no longer read could not be removed');
    });
  }

  /** Removes what no lot wants any more: it ended while this site was down. Resolves when every lot is at hand and that is done. */
  async tidy(): Promise<void> {
    const stored = await this.store.hashes();
    for (const lot of this.replicas.all()) {
      await lot.atHand();
      this.look(lot);
    }
    for (const hash of stored) if (!this.#isWanted(hash)) await this.store.remove(hash);
  }

  onModuleDestroy(): void {
    this.#isClosed = true;
    this.#stopListening?.();
    this.#timer?.();
    this.#timer = null;
  }

  look({ origin, state }: Pick<Replica, 'origin' | 'state'>): void {
    const before = this.#wanted.get(origin) ?? [];
    const wanted = filesToMirror(state);
    this.#wanted.set(origin, wanted);
    for (const hash of before) if (!this.#isWanted(hash)) void this.store.remove(hash).catch(() => undefined);
    if (wanted.length > before.length) void this.fetchAll();
  }

  /** Fetches what is missing, until nothing is or the main venue does not give it. What opens meanwhile is fetched in the same go. */
  async fetchAll(): Promise<void> {
    if (this.#isAtWork || this.#isClosed) return;
    this.#isAtWork = true;
    this.#timer?.();
    const tried = new Set<string>();
    let isWhole = true;
    try {
      for (let next = this.#next(tried); next !== undefined; next = this.#next(tried)) {
        tried.add(next);
        isWhole = (await this.#fetch(next)) && isWhole;
      }
    } finally {
      this.#isAtWork = false;
    }
    if (!isWhole) this.#again();
  }

  #next(tried: ReadonlySet<string>): string | undefined {
    for (const wanted of this.#wanted.values()) for (const hash of wanted) if (!tried.has(hash)) return hash;
    return undefined;
  }

  #isWanted(hash: string): boolean {
    return [...this.#wanted.values()].some((wanted) => wanted.includes(hash));
  }

  #again(): void {
    if (!this.#isClosed) this.#timer = this.clock.after(RETRY_MS, () => void this.fetchAll());
  }

  /** Whether it is here now. */
  async #fetch(hash: string): Promise<boolean> {
    try {
      if (this.#isClosed || (await this.store.has(hash))) return true;
      const content = await this.main.open(hash);
      if (content === null) throw new DomainError('NOT_FOUND', 'the main venue has no such file');
      await this.store.put(hash, content as AsyncIterable<Uint8Array>);
      // The evaluation may have ended while it came.
      if (!this.#isWanted(hash)) await this.store.remove(hash);
      return true;
    } catch (error) {
      if (!this.#said.has(hash)) this.logger.warn({ err: error, hash }, 'mirror: a file that the seats read is not here yet');
      this.#said.add(hash);
      return false;
    }
  }
}
