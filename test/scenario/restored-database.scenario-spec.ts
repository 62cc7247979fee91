import type { CheckpointNote } from '@app/ledger';
import { flatHashes, Frontier, parseCheckpointNote, TreeHasher } from '@app/ledger';
import { createPool } from '@app/platform';
import { profileOf } from '@app/sealing/node';
import type { RunningSystem } from '@app/testing';
import { endSystem, startSystem } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';

const START_MS_MAX = 240_000;
const LOT = 'DEMO-01';
const ORIGIN = `gongping.demo/lot/${LOT}/1`;
const LOST = 6;
const QUIET_MS = 8_000;

/** The tree over these leaves. */
function frontierOver(leaves: readonly Uint8Array[]): Frontier {
  const frontier = new Frontier(new TreeHasher(profileOf('gp-std-1').hash));
  frontier.appendAll(flatHashes(leaves));
  return frontier;
}

// Goal: an operator restores an older backup, and the log is whole again or takes no entries. Method: the demonstration lot of
// a running system, its main venue stopped, its last entries removed with the owner's rights, the main venue started again.
describe('a main venue whose database was restored to an older state', () => {
  let sut: RunningSystem;

  /** The newest checkpoint as anybody gets it; null while the venue does not answer. */
  const head = async (): Promise<CheckpointNote | null> => {
    const response = await fetch(`${sut.urls.main}/log/${ORIGIN}/checkpoint`).catch(() => null);
    return response?.ok === true ? parseCheckpointNote(await response.text()) : null;
  };
  const isWitnessed = (note: CheckpointNote | null): boolean => note?.signatures.length === 4;
  let seen = { size: 0, sinceMs: 0 };
  const isQuiet = (note: CheckpointNote | null): boolean => {
    const size = isWitnessed(note) ? note!.checkpoint.size : 0;
    if (size !== seen.size) seen = { size, sinceMs: performance.now() };
    return size > 2 * LOST && performance.now() - seen.sinceMs > QUIET_MS;
  };
  const inDatabase = async <T>(work: (pool: Pool) => Promise<T>): Promise<T> => {
    const pool = createPool({ url: sut.databases.main.owner, name: 'restore', connectionsMax: 1 });
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  };
  const status = (): Promise<string | undefined> =>
    inDatabase(async (pool) => {
      const { rows } = await pool.query<{ status: string }>(
        'SELECT s.status FROM lot_summary s JOIN log l ON l.id = s.log_id WHERE l.origin = $1',
        [ORIGIN],
      );
      return rows[0]?.status;
    });
  const leavesIn = async (pool: Pool): Promise<Buffer[]> => {
    const { rows } = await pool.query<{ leaf: Buffer }>(
      'SELECT e.leaf FROM entry e JOIN log l ON l.id = e.log_id WHERE l.origin = $1 ORDER BY e.seq',
      [ORIGIN],
    );
    return rows.map(({ leaf }) => leaf);
  };
  const until = async <T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> => {
    for (let attempt = 0; attempt < 1_800; attempt += 1) {
      const value = await read();
      if (holds(value)) return value;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('it did not come to that within three minutes');
  };
  /** Takes the last entries away as if they had never been, with every trace in this database. */
  const restoreOlder = (): Promise<void> =>
    inDatabase(async (pool) => {
      const guarded = ['entry', 'entry_part', 'checkpoint', 'cosignature'];
      for (const table of guarded) await pool.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      const { rows } = await pool.query<{ id: number; size: number }>('SELECT id, size FROM log WHERE origin = $1', [ORIGIN]);
      const { id, size } = rows[0]!;
      const keep = size - LOST;
      await pool.query('DELETE FROM entry_part WHERE log_id = $1 AND seq >= $2', [id, keep]);
      await pool.query('DELETE FROM entry WHERE log_id = $1 AND seq >= $2', [id, keep]);
      await pool.query('DELETE FROM cosignature WHERE origin = $1 AND size > $2', [ORIGIN, keep]);
      await pool.query('DELETE FROM checkpoint WHERE origin = $1 AND size > $2', [ORIGIN, keep]);
      await pool.query("UPDATE lot_summary SET status = 'OLD' WHERE log_id = $1", [id]);
      const frontier = Buffer.from(frontierOver(await leavesIn(pool)).toBytes());
      await pool.query('UPDATE log SET size = $2, frontier = $3 WHERE id = $1', [id, keep, frontier]);
      for (const table of guarded) await pool.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    });

  beforeAll(async () => {
    sut = await startSystem({ quiet: true, seed: true });
  }, START_MS_MAX);
  afterAll(async () => {
    await endSystem(sut);
  }, 60_000);

  it(
    'gets its entries back from a site, under the head that witnesses cosigned, and lists the lot as before',
    async () => {
      // All of it must be witnessed, with the nodes' keys that arrive after the seed: an entry that no witness has seen may be
      // lost with the database, and a site that has it already would rightly refuse another in its place.
      const before = await until(head, isQuiet);
      const listed = await status();
      await sut.stopOne('main');
      await restoreOlder();
      expect(await status()).not.toBe(listed);
      await sut.startOne('main');
      await sut.ready('main');
      const size = before!.checkpoint.size;
      await until(head, (note) => isWitnessed(note) && note!.checkpoint.size >= size);
      const again = frontierOver((await inDatabase(leavesIn)).slice(0, size));
      expect(again.root()).toEqual(before!.checkpoint.root);
      expect(await until(status, (shown) => shown === listed)).toBe(listed);
      const evidence = (await (await fetch(`${sut.urls['sub-1']}/witness/evidence`)).json()) as { evidence: unknown[] };
      expect(evidence.evidence).toEqual([]);
    },
    START_MS_MAX,
  );
});
