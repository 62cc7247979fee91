import { createPool } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';
import { SITE_MIGRATIONS } from '../../../migrations/site/index.js';
import type { TestDatabase } from './database.js';
import { createDatabase } from './database.js';

const PURPOSES = ['app', 'eraser', 'owner'] as const;
type Purpose = (typeof PURPOSES)[number];
const REFUSED = /permission denied|append-only|refused/;

/** One row in each table that only grows, so that a trigger has something to refuse. */
const SITE_ROWS = [
  "INSERT INTO witness_head VALUES ('o', 1, '', 'note', now())",
  "INSERT INTO witness_evidence (origin, known, other, reason, digest, seen_at) VALUES ('o', 'a', 'b', 'SPLIT', '', now())",
  `INSERT INTO outbox_record (index, prev, hash, id, actor, command_hash, command, received_at)
   VALUES (0, '', '', gen_random_uuid(), 'a', '', '', '')`,
  "INSERT INTO replica_lot (origin, lot, round) VALUES ('o', 'l', 1)",
  "INSERT INTO replica_page VALUES ('o', 0, 1, 1, '', '')",
  "INSERT INTO keeper_key VALUES ('o', 'p', 'k', '')",
];
const MAIN_ROWS = [
  "INSERT INTO log (origin, updated_at) VALUES ('o', now())",
  "INSERT INTO entry (log_id, seq, header, leaf) VALUES (1, 0, '', '')",
  "INSERT INTO entry_part VALUES (1, 0, 'who', '')",
  "INSERT INTO checkpoint (origin, size, root, note, signed_at) VALUES ('o', 1, '', 'note', now())",
  "INSERT INTO cosignature VALUES ('o', 1, 'w', 'line', now())",
  "INSERT INTO command_answer VALUES (gen_random_uuid(), '', '')",
  "INSERT INTO lot_head VALUES (1, 0, 1, '', '')",
];

async function prepared(migrations: typeof MAIN_MIGRATIONS | typeof SITE_MIGRATIONS, rows: readonly string[]) {
  const database = await createDatabase(migrations);
  const url = { app: database.url, eraser: database.eraserUrl, owner: database.ownerUrl };
  const pools = Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, createPool({ url: url[purpose], name: `rights-${purpose}`, connectionsMax: 1 })]),
  ) as Record<Purpose, Pool>;
  for (const row of rows) await pools.app.query(row);
  return { database, pools };
}

async function ended({ database, pools }: { database: TestDatabase; pools: Record<Purpose, Pool> }): Promise<void> {
  for (const pool of Object.values(pools)) await pool.end();
  await database.drop();
}

describe("SEC-17 a site's database", () => {
  let sut: Awaited<ReturnType<typeof prepared>>;
  beforeAll(async () => {
    sut = await prepared(SITE_MIGRATIONS, SITE_ROWS);
  }, 60_000);
  afterAll(() => ended(sut));

  describe.each([
    ['witness_head', "note = 'other'"],
    ['witness_evidence', "known = 'other'"],
    ['outbox_record', "hash = 'other'"],
    ['replica_page', 'count = 2'],
    ['keeper_key', "public_key = 'other'"],
  ])('%s', (table, change) => {
    it.each(PURPOSES)('is only added to, as %s as well', async (purpose) => {
      await expect(sut.pools[purpose].query(`UPDATE ${table} SET ${change}`)).rejects.toThrow(REFUSED);
      await expect(sut.pools[purpose].query(`DELETE FROM ${table}`)).rejects.toThrow(REFUSED);
    });
    it.each(['app', 'eraser'] as const)('is not emptied as %s', async (purpose) => {
      await expect(sut.pools[purpose].query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(REFUSED);
    });
  });

  it('lets the process do by right what it has to, and nothing more', async () => {
    const { app, eraser } = sut.pools;
    await app.query("UPDATE outbox_record SET answer = '', answered_at = ''");
    await app.query("UPDATE replica_page SET sealed = '', hidden = ''");
    await app.query("UPDATE replica_lot SET viewers = '{a}', checkpoint = 'c', fault = 'f'");
    await expect(app.query("UPDATE replica_lot SET origin = 'other'")).rejects.toThrow(/permission denied/);
    await expect(app.query('DELETE FROM replica_lot')).rejects.toThrow(/permission denied/);
    await expect(app.query('DELETE FROM site_fact')).rejects.toThrow(/permission denied/);
    await expect(app.query('DELETE FROM migration')).rejects.toThrow(/permission denied/);
    await expect(eraser.query('SELECT 1 FROM witness_head')).rejects.toThrow(/permission denied/);
  });
});

describe("SEC-17 the main venue's database", () => {
  let sut: Awaited<ReturnType<typeof prepared>>;
  beforeAll(async () => {
    sut = await prepared(MAIN_MIGRATIONS, MAIN_ROWS);
  }, 60_000);
  afterAll(() => ended(sut));

  describe.each([
    ['entry', "header = '1'"],
    ['checkpoint', "note = 'other'"],
    ['cosignature', "line = 'other'"],
    ['lot_head', 'size = 2'],
  ])('%s', (table, change) => {
    it.each(PURPOSES)('is only added to, as %s as well', async (purpose) => {
      await expect(sut.pools[purpose].query(`UPDATE ${table} SET ${change}`)).rejects.toThrow(REFUSED);
      await expect(sut.pools[purpose].query(`DELETE FROM ${table}`)).rejects.toThrow(REFUSED);
    });
  });

  it('lets the eraser alone delete a part, and read only what that takes', async () => {
    const { app, eraser, owner } = sut.pools;
    for (const pool of [app, owner]) await expect(pool.query('DELETE FROM entry_part')).rejects.toThrow(REFUSED);
    for (const table of ['person', 'certificate', 'lot_party', 'command_answer', 'platform_act', 'checkpoint'])
      await expect(eraser.query(`SELECT 1 FROM ${table}`)).rejects.toThrow(/permission denied/);
    await expect(eraser.query("UPDATE entry_part SET name = 'x'")).rejects.toThrow(REFUSED);
    expect((await eraser.query('DELETE FROM entry_part')).rowCount).toBe(1);
    await expect(app.query('DELETE FROM migration')).rejects.toThrow(/permission denied/);
  });
});
