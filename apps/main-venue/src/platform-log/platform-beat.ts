import { toHex } from '@app/contracts';
import { signWish } from '@app/client';
import type { CancelTimer, Clock, Logger } from '@app/platform';
import { DomainError } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import type { Pool } from 'pg';
import type { Pipeline } from '../pipeline/pipeline.types.js';
import { ACTS_IN_BATCH, COMMIT_ACTS, MAIN_NODE_PARTY } from './platform-stream.js';

const COMMITMENT_SIZE = 32;

export interface PlatformBeatDeps {
  readonly pool: Pool;
  readonly profile: CryptoProfile;
  readonly node: LocalSigner;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platformOrigin: string;
  readonly beatMs: number;
  readonly pipeline: () => Pick<Pipeline, 'submit'>;
}

/**
 * Writes one batch of commitments at a fixed beat, always of the same size, whether anything happened or not: neither the time
 * nor the number of a lot's acts can be read from the platform log (电子招标投标办法 Art. 21).
 */
export class PlatformBeat {
  #cancel: CancelTimer | null = null;
  #isClosed = false;
  /** Batches are written one after the other. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: PlatformBeatDeps) {}

  start(): void {
    if (this.#isClosed) return;
    this.#cancel = this.deps.clock.after(this.deps.beatMs, () => {
      void this.#beat();
    });
  }

  /** Everything that waits now has its place when this resolves. Throws UNAVAILABLE when it could not be written. */
  async flush(): Promise<void> {
    while ((await this.#inOrder(() => this.#batch(false))) === ACTS_IN_BATCH);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#tail;
  }

  async #beat(): Promise<void> {
    try {
      await this.#inOrder(() => this.#batch(true));
    } catch (error) {
      this.deps.logger.warn({ err: error }, 'a batch of the platform log was not written; its acts go into the next one');
    }
    this.start();
  }

  /** Number of acts that got a place. */
  async #batch(isEmptyToo: boolean): Promise<number> {
    const { pool, profile, node, clock, platformOrigin, pipeline } = this.deps;
    const { rows } = await pool.query<{ commitment: Buffer }>(
      'SELECT commitment FROM platform_act WHERE batch_seq IS NULL ORDER BY number LIMIT $1',
      [ACTS_IN_BATCH],
    );
    if (rows.length === 0 && !isEmptyToo) return 0;
    const commitments = rows.map((row) => row.commitment.toString('hex'));
    while (commitments.length < ACTS_IN_BATCH) commitments.push(toHex(profile.primitives.randomBytes(COMMITMENT_SIZE)));
    const signed = await signWish(
      profile,
      { signer: node, ref: { kind: 'node', name: MAIN_NODE_PARTY, publicKey: node.publicKey } },
      { origin: platformOrigin, lot: null, round: null },
      { type: COMMIT_ACTS, payload: { commitments }, party: MAIN_NODE_PARTY, at: clock.instant(), basis: 0 },
    );
    const { outcome } = await pipeline().submit(signed);
    if (!outcome.ok) throw new DomainError('UNAVAILABLE', `the platform log took no batch: ${outcome.code} ${outcome.message}`);
    return rows.length;
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#tail.then(work, work);
    this.#tail = run.catch(() => undefined);
    return run;
  }
}
