import { inTransaction } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { SealedActs } from '../acts/sealed-acts.js';
import { POOL } from '../core/tokens.js';

interface Turn {
  tail: Promise<unknown>;
  waiting: number;
}

/**
 * One after the other for each lot. Within this process by a chain, so that a busy lot takes one connection and not all; among the
 * processes of this venue by a lock of the database.
 */
@Injectable()
export class ActOrder {
  readonly #turns = new Map<string, Turn>();

  constructor(
    private readonly acts: SealedActs,
    @Inject(POOL) private readonly pool: Pool,
  ) {}

  /** Works of a lot that run or wait in this process. */
  waiting(origin: string): number {
    return this.#turns.get(origin)?.waiting ?? 0;
  }

  /** Runs `work` when everything of this lot that this process was asked for before is over. Rejects when `work` does. */
  inTurn<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.get(origin) ?? { tail: Promise.resolve(), waiting: 0 };
    this.#turns.set(origin, turn);
    turn.waiting += 1;
    const run = turn.tail.then(work).finally(() => {
      turn.waiting -= 1;
      if (turn.waiting === 0) this.#turns.delete(origin);
    });
    turn.tail = run.catch(() => undefined);
    return run;
  }

  /** Runs `work` in a transaction while no other process holds this lot. */
  locked<T>(origin: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1::bigint)', [this.acts.lockOf(origin)]);
      return work(client);
    });
  }
}
