import type { SentEntry, VenueLot } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import { EngineShelf } from '@app/evaluation';
import { CheckpointJudge, SIGNATURE_TYPE } from '@app/ledger';
import type { Config, Logger } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import { noteKey, noteSuite } from '@app/sealing';
import { LotJudge } from '@app/verifying';
import type { OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';
import type { ReplicaEvents } from './replica-events.js';
import { Replica } from './replica.js';
import { ReplicaRepository } from './replica.repository.js';

/** Whoever wants to know of this site's lots. Calls come in order for each lot and must not throw. */
export type ReplicaListener = Partial<ReplicaEvents> & { added?(replica: Replica): void };

/**
 * Every lot that this site follows. Read back from the disk before anybody asks, and judged and folded behind, so that a site with many
 * lots starts as soon as one with few; ended when nobody feeds them any more.
 */
@Injectable()
export class Replicas implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #replicas = new Map<string, Replica>();
  readonly #viewers = new Map<string, readonly string[]>();
  readonly #adding = new Map<string, Promise<Replica>>();
  readonly #listeners = new Set<ReplicaListener>();

  #stopListening: (() => void) | null = null;
  #isClosed = false;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION' | 'VENUE_ID'>,
    private readonly repository: ReplicaRepository,
    private readonly crypto: SiteCrypto,
    @Inject(SiteTrust) private readonly trust: Pick<SiteTrust, 'anchors' | 'logKey' | 'onChanged'>,
    private readonly shelf: EngineShelf,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    this.#stopListening = this.#judgeAnewWhenTrustChanges();
    for (const row of await this.repository.lots()) {
      this.#viewers.set(row.origin, row.viewers);
      await this.#open(row, row.checkpoint, row.fault);
    }
  }

  onApplicationBootstrap(): void {
    void this.#judgeAll();
  }

  /** Ends the folds; what is being written is waited for. */
  async onModuleDestroy(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening?.();
    await Promise.all(this.all().map((replica) => replica.close()));
  }

  listen(listener: ReplicaListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  all(): Replica[] {
    return [...this.#replicas.values()];
  }
  find(origin: string): Replica | undefined {
    return this.#replicas.get(origin);
  }
  /** Throws NOT_FOUND. */
  ofLot(lot: string, round: number): Replica {
    const found = this.all().find(({ name }) => name.lot === lot && name.round === round);
    if (found === undefined) throw new DomainError('NOT_FOUND', 'this site does not follow such a lot');
    return found;
  }

  /** Lots that a human must look at: `broken` contradict what was signed, in `wrong` this site's judge found a fault. */
  faulty(): { readonly broken: string[]; readonly wrong: string[] } {
    const all = this.all();
    const broken = all.filter(({ fault }) => fault !== null).map(({ origin }) => origin);
    return { broken, wrong: all.filter(({ standing }) => standing.fault !== null).map(({ origin }) => origin) };
  }

  /** Lots of which the disk has entries that are not judged and folded since the start. */
  get judging(): number {
    return this.all().filter(({ isAtHand }) => !isAtHand).length;
  }

  /** What the main venue must know to go on feeding. */
  known(): Record<string, { size: number; viewers: string[] }> {
    return Object.fromEntries(this.all().map(({ origin, size }) => [origin, { size, viewers: [...(this.#viewers.get(origin) ?? [])] }]));
  }

  /** Begins or goes on to follow lots. */
  async assign(lots: readonly VenueLot[]): Promise<void> {
    for (const { origin, lot, round, viewers, checkpoint } of lots) {
      await this.repository.putLot({ origin, lot, round, viewers });
      this.#viewers.set(origin, viewers);
      const replica = await this.#open({ origin, lot, round }, null, null);
      if (checkpoint !== null) await replica.offerCheckpoint(checkpoint);
    }
  }

  /** One lot after the other, so that the first is at hand soon. Whoever asks for one waits for none of the others ({@link Replica.atHand}). */
  async #judgeAll(): Promise<void> {
    for (const replica of this.all()) {
      try {
        await replica.atHand();
      } catch (error) {
        if (this.#isClosed) return;
        this.logger.warn({ err: error, origin: replica.origin }, 'replica: it could not be folded; that goes on in a while');
        replica.foldSoon();
      }
    }
  }

  /** Authorities and node keys come with the registry; what was judged under others is judged again. */
  #judgeAnewWhenTrustChanges(): () => void {
    let before = JSON.stringify(this.trust.anchors);
    return this.trust.onChanged(() => {
      const now = JSON.stringify(this.trust.anchors);
      if (now === before) return;
      before = now;
      for (const replica of this.all())
        replica.judgeAgain().catch((error: unknown) => {
          this.logger.error({ err: error, origin: replica.origin }, 'replica: it could not be judged again');
        });
    });
  }

  #open(name: Pick<VenueLot, 'origin' | 'lot' | 'round'>, checkpoint: string | null, fault: string | null): Promise<Replica> {
    const { origin } = name;
    const known = this.#replicas.get(origin);
    if (known !== undefined) return Promise.resolve(known);
    const adding = this.#adding.get(origin) ?? this.#load(name, checkpoint, fault).finally(() => this.#adding.delete(origin));
    this.#adding.set(origin, adding);
    return adding;
  }

  async #load(
    { origin, lot, round }: Pick<VenueLot, 'origin' | 'lot' | 'round'>,
    checkpoint: string | null,
    fault: string | null,
  ): Promise<Replica> {
    const judge = new CheckpointJudge(noteSuite(this.crypto.profile), origin, () => {
      const tagged = this.trust.logKey;
      return tagged === null ? null : noteKey(tagged, origin, SIGNATURE_TYPE.note);
    });
    const name = { origin, lot, round };
    const { INSTALLATION: installation, VENUE_ID: venue } = this.config;
    const begin = (): LotJudge =>
      new LotJudge({
        installation,
        ...name,
        profile: this.crypto.profile,
        shelf: this.shelf,
        anchors: this.trust.anchors,
        reader: `node:${venue}`,
      });
    const replica = new Replica(name, this.repository, this.crypto, judge, begin, this.#events(), this.clock, this.logger);
    await replica.load(checkpoint, fault);
    this.#replicas.set(origin, replica);
    for (const listener of this.#listeners) listener.added?.(replica);
    return replica;
  }

  #events(): ReplicaEvents {
    return {
      folded: (replica: Replica, entries: readonly SentEntry[], run: LotRun) => {
        for (const listener of this.#listeners) listener.folded?.(replica, entries, run);
      },
      refolded: (replica, run) => {
        for (const listener of this.#listeners) listener.refolded?.(replica, run);
      },
      checked: (replica) => {
        for (const listener of this.#listeners) listener.checked?.(replica);
      },
      broken: (replica, reason) => {
        for (const listener of this.#listeners) listener.broken?.(replica, reason);
      },
    };
  }
}
