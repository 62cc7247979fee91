import { createPool, requireSchema } from '@app/platform';
import { type ClassList, migrate } from '@app/platform/database';
import { createDatabase, type TestDatabase } from '@app/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from './main/index.js';
import { SITE_MIGRATIONS } from './site/index.js';

/** The last migration of release 0.1.0, at each kind of venue. */
const LAST = { main: 'CreateCheckpoints1763400000001', site: 'CreateWitness1763400000101' };
const AT = '2026-11-22T06:00:00.000Z';
const SETUP_MS_MAX = 60_000;

const upTo = <M extends { readonly name: string }>(all: readonly M[], last: string): M[] =>
  all.slice(0, all.findIndex(({ name }) => name === last) + 1);

/** Rows as 0.1.0 left them: registry, one lot with a limit that runs, refusals, a checkpoint. */
const MAIN_ROWS = [
  `INSERT INTO organisation VALUES ('o-1', '永康招标代理', '91330784MA00000000')`,
  `INSERT INTO person (id, name, duties, organisation_id) VALUES
     ('p-1', '王一', '{operator,pool-owner}', 'o-1'), ('p-2', '李二', '{venue-staff}', NULL), ('p-3', '张三', '{}', 'o-1')`,
  `INSERT INTO certificate VALUES ('${'a'.repeat(64)}', 'PEM', NULL, NULL, '${AT}', '${AT}', 'p-1')`,
  `INSERT INTO expert VALUES ('p-3', '{A08}', '南京', true)`,
  `INSERT INTO log (origin, lot, round, size, updated_at) VALUES ('x/lot/l-1/1', 'l-1', 1, 1, '${AT}')`,
  `INSERT INTO entry VALUES (1, 0, '\\x01', '\\x02', '00000000-0000-4000-8000-000000000001', '\\x03')`,
  `INSERT INTO entry_part VALUES (1, 0, 'x:bindings', '\\x0405')`,
  `INSERT INTO command_answer VALUES ('00000000-0000-4000-8000-000000000002', '\\x06', 'WRONG_STATE')`,
  `INSERT INTO lot_summary VALUES (1, 'l-1', 1, 'C-1', '标段', 'TENDER_LAW', 'PUBLISHED', true, 'bidsDue', '${AT}')`,
  `INSERT INTO lot_party (log_id, party, roles, person) VALUES (1, 'agency', '{agency}', 'p-1')`,
  `INSERT INTO upload VALUES ('${'b'.repeat(64)}', 'p-1', 10, false, '${AT}')`,
  `INSERT INTO checkpoint (origin, size, root, note, signed_at) VALUES ('x/lot/l-1/1', 1, '\\x07', 'note', '${AT}')`,
];
const SITE_ROWS = [
  `INSERT INTO replica_lot (origin, lot, round) VALUES ('x/lot/l-1/1', 'l-1', 1)`,
  `INSERT INTO replica_page VALUES ('x/lot/l-1/1', 0, 1, 1, '\\x01', '\\x02')`,
  `INSERT INTO outbox_record (index, prev, hash, id, actor, command_hash, command, received_at)
     VALUES (0, '', 'h', '00000000-0000-4000-8000-000000000001', 'p-1', 'c', '\\x03', '${AT}')`,
  `INSERT INTO witness_head VALUES ('x/lot/l-1/1', 1, '\\x04', 'note', '${AT}')`,
  `INSERT INTO site_session VALUES ('t', 'p-1', '${AT}')`,
];

// Goal: the data of an installation of release 0.1.0 go on under this one, or are refused with what to do. Method: its schema with rows in it.
describe('a database of release 0.1.0', () => {
  let database: TestDatabase;
  let pool: Pool;
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  async function filled(migrations: ClassList, rows: readonly string[]): Promise<void> {
    database = await createDatabase(migrations);
    pool = createPool({ url: database.ownerUrl, name: 'older-data', connectionsMax: 1 });
    for (const row of rows) await pool.query(row);
  }
  const migrated = (migrations: ClassList) => migrate({ url: database.ownerUrl, name: 'older-data', migrations });
  const rowsOf = async (sql: string): Promise<unknown[]> => (await pool.query<Record<string, unknown>>(sql)).rows;

  it(
    'of a main venue keeps registry, logs and answers; duties become roles, and limits stand where lists read them',
    async () => {
      await filled(upTo(MAIN_MIGRATIONS, LAST.main), MAIN_ROWS);
      await expect(requireSchema(database.url, MAIN_MIGRATIONS)).rejects.toMatchObject({ code: 'SCHEMA_BEHIND' });
      expect(await migrated(MAIN_MIGRATIONS)).toHaveLength(MAIN_MIGRATIONS.length - upTo(MAIN_MIGRATIONS, LAST.main).length);
      await expect(requireSchema(database.url, MAIN_MIGRATIONS)).resolves.toBeUndefined();

      expect(await rowsOf('SELECT person_id, role_id FROM person_role ORDER BY 1, 2')).toEqual([
        { person_id: 'p-1', role_id: 'operations' },
        { person_id: 'p-1', role_id: 'pool-office' },
        { person_id: 'p-2', role_id: 'venue-staff' },
      ]);
      expect(await rowsOf('SELECT id, name, organisation_id FROM person ORDER BY id')).toEqual([
        { id: 'p-1', name: '王一', organisation_id: 'o-1' },
        { id: 'p-2', name: '李二', organisation_id: null },
        { id: 'p-3', name: '张三', organisation_id: 'o-1' },
      ]);
      expect(await rowsOf('SELECT person_id, revoked_at FROM certificate')).toEqual([{ person_id: 'p-1', revoked_at: null }]);
      expect(await rowsOf('SELECT city FROM expert')).toEqual([{ city: '南京' }]);
      expect(await rowsOf('SELECT header, leaf, request FROM entry')).toEqual([
        { header: Buffer.from([1]), leaf: Buffer.from([2]), request: Buffer.from([3]) },
      ]);
      expect(await rowsOf('SELECT name, ciphertext FROM entry_part')).toEqual([{ name: 'x:bindings', ciphertext: Buffer.from([4, 5]) }]);
      expect(await rowsOf('SELECT outcome FROM command_answer')).toEqual([{ outcome: 'WRONG_STATE' }]);
      expect(await rowsOf('SELECT note FROM checkpoint')).toEqual([{ note: 'note' }]);
      expect(await rowsOf('SELECT code, status, limits FROM lot_summary')).toEqual([
        { code: 'C-1', status: 'PUBLISHED', limits: [{ name: 'bidsDue', at: AT }] },
      ]);
      // Written again from the logs when the main venue starts, under marks that its own key makes.
      expect(await rowsOf('SELECT 1 FROM lot_party')).toEqual([]);
      expect(await rowsOf('SELECT 1 FROM upload')).toEqual([]);
    },
    SETUP_MS_MAX,
  );

  it(
    'of a site keeps replica, outbox and witness; who was logged in logs in again',
    async () => {
      await filled(upTo(SITE_MIGRATIONS, LAST.site), SITE_ROWS);
      await migrated(SITE_MIGRATIONS);
      await expect(requireSchema(database.url, SITE_MIGRATIONS)).resolves.toBeUndefined();
      expect(await rowsOf('SELECT sealed, hidden FROM replica_page')).toEqual([{ sealed: Buffer.from([1]), hidden: Buffer.from([2]) }]);
      expect(await rowsOf('SELECT hash, answer FROM outbox_record')).toEqual([{ hash: 'h', answer: null }]);
      expect(await rowsOf('SELECT note FROM witness_head')).toEqual([{ note: 'note' }]);
      expect(await rowsOf('SELECT 1 FROM site_session')).toEqual([]);
    },
    SETUP_MS_MAX,
  );

  it(
    'of a build before it is refused with what to do, and stays as it was',
    async () => {
      const before = upTo(MAIN_MIGRATIONS, 'KeepPartsInLine1760000000006');
      await filled(before, [
        `INSERT INTO log (origin, updated_at) VALUES ('x', now())`,
        `INSERT INTO entry_part VALUES (1, 0, 'who', '\\x01')`,
      ]);
      await expect(migrated(MAIN_MIGRATIONS)).rejects.toThrow(
        'This data was written by a build before the first release and can not be read. Move its folder away and start again',
      );
      expect(await rowsOf('SELECT count(*)::int AS n FROM migration')).toEqual([{ n: before.length }]);
      expect(await rowsOf('SELECT name FROM entry_part')).toEqual([{ name: 'who' }]);
    },
    SETUP_MS_MAX,
  );
});
