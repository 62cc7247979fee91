import { inTransaction } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { SealedActs } from '../acts/sealed-acts.js';
import { POOL } from '../core/tokens.js';

type Work = () => Promise<void>;

interface Turns {
  /** What waits, by whom it is for; whoever had his turn goes to the end. */
  readonly lanes: Map<string, Work[]>;
  waiting: number;
  isRunning: boolean;
}

/**
 * One after the other for each lot, and in turn among those who wait: whoever sends much waits behind himself, and everybody else behind
 * one act of his. Within this process by a queue, so that a busy lot takes one connection and not all; among the processes of this venue
 * by a lock of the database.
 */
@Injectable()
export class ActOrder {
  readonly #lots = new Map<string, Turns>();

  constructor(
    private readonly acts: SealedActs,
    @Inject(POOL) private readonly pool: Pool,
  ) {}

  /** Works of a lot that run or wait in this process. */
  waiting(origin: string): number {
    return this.#lots.get(origin)?.waiting ?? 0;
  }

  /** Runs `work` for somebody when it is his turn; what he asked for before comes first. Rejects when `work` does. */
  inTurn<T>(origin: string, whose: string, work: () => Promise<T>): Promise<T> {
    const turns = this.#lots.get(origin) ?? { lanes: new Map<string, Work[]>(), waiting: 0, isRunning: false };
    this.#lots.set(origin, turns);
    turns.waiting += 1;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const lane = turns.lanes.get(whose) ?? [];
    turns.lanes.set(whose, lane);
    lane.push(() => work().then(resolve, reject));
    if (!turns.isRunning) void this.#run(origin, turns);
    return promise;
  }

  /** Runs `work` in a transaction while no other process holds this lot. */
  locked<T>(origin: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1::bigint)', [this.acts.lockOf(origin)]);
      return work(client);
    });
  }

  async #run(origin: string, turns: Turns): Promise<void> {
    turns.isRunning = true;
    for (let [first] = turns.lanes; first !== undefined; [first] = turns.lanes) {
      const [whose, lane] = first;
      await lane.shift()?.();
      turns.waiting -= 1;
      // Only now, so that whoever came meanwhile is next.
      turns.lanes.delete(whose);
      if (lane.length > 0) turns.lanes.set(whose, lane);
    }
    this.#lots.delete(origin);
  }
}
