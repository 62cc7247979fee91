import { toHex } from '@app/contracts';
import { signWish } from '@app/client';
import { MAIN_NODE } from '@app/evaluation';
import type { CancelTimer, Config, Logger } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import type { Pool } from 'pg';
import { CONFIG, LOGGER, NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { LotHeads } from './lot-heads.js';
import { PlatformKind } from './platform-kind.js';
import { ACTS_IN_BATCH, COMMIT_ACTS } from './platform-stream.js';

const COMMITMENT_SIZE = 32;

/**
 * Writes one batch of commitments at a fixed beat, always of the same size, whether anything happened or not: neither the time
 * nor the number of a lot's acts can be read from the platform log (电子招标投标办法 21). Each bears one root over the heads of all lots.
 */
@Injectable()
export class PlatformBeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #cancel: CancelTimer | null = null;
  #isClosed = false;
  /** Batches are written one after the other. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly pipeline: Pipeline,
    private readonly kind: PlatformKind,
    private readonly heads: LotHeads,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PLATFORM_BATCH_MS'>,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'node'>,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {}

  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.close();
  }

  start(): void {
    if (this.#isClosed) return;
    this.#cancel = this.clock.after(this.config.PLATFORM_BATCH_MS, () => {
      void this.#beat();
    });
  }

  /**
   * Everything that waits now has its place when this resolves; one batch is written though nothing waits, so that none tells of acts in the
   * last beat before a lock. Throws UNAVAILABLE when it could not be written.
   */
  async flush(): Promise<void> {
    while ((await this.#inOrder(() => this.#batch())) === ACTS_IN_BATCH);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#tail;
  }

  async #beat(): Promise<void> {
    try {
      await this.#inOrder(() => this.#batch());
    } catch (error) {
      this.logger.warn({ err: error }, 'a batch of the platform log was not written; its acts go into the next one');
    }
    this.start();
  }

  /** Number of acts that got a place. */
  async #batch(): Promise<number> {
    const { pool, profile, clock } = this;
    const { node } = this.keys;
    const { rows } = await pool.query<{ commitment: Buffer }>(
      'SELECT commitment FROM platform_act WHERE batch_seq IS NULL ORDER BY number LIMIT $1',
      [ACTS_IN_BATCH],
    );
    const commitments = rows.map((row) => row.commitment.toString('hex'));
    while (commitments.length < ACTS_IN_BATCH) commitments.push(toHex(profile.primitives.randomBytes(COMMITMENT_SIZE)));
    shuffle(commitments);
    const heads = await this.heads.compose();
    const signed = await signWish(
      profile,
      { signer: node, ref: { kind: 'node', name: MAIN_NODE, publicKey: node.publicKey } },
      { origin: this.kind.origin, lot: null, round: null },
      { type: COMMIT_ACTS, payload: { commitments, heads }, party: MAIN_NODE, at: clock.instant(), basis: 0 },
    );
    const { outcome } = await this.pipeline.submit(signed);
    if (!outcome.ok) throw new DomainError('UNAVAILABLE', `the platform log took no batch: ${outcome.code} ${outcome.message}`);
    return rows.length;
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#tail.then(work, work);
    this.#tail = run.catch(() => undefined);
    return run;
  }
}

/** In place, every order alike (Fisher–Yates): the place of an act must not tell how many came before it (电子招标投标办法 21). */
function shuffle(items: string[]): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [items[last], items[other]] = [items[other] ?? '', items[last] ?? ''];
  }
}
