import { createPool } from '@app/platform';
import { createDataSource } from '@app/platform/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { HidePartiesOfLots1796000000000 } from '../../../../migrations/main/1796000000000-hide-parties-of-lots.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { LotDirectory } from '../lots/lot-directory.js';
import { PartyMarks } from './party-marks.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
/** Without `person_sealed`, which is another text at every writing. */
const PARTY = 'log_id, party, roles, person_mark, organisation_mark, certificate_mark, node_key, venue, seat';
const BOOT_MS_MAX = 60_000;

describe('a log whose entries were put back', () => {
  let kit: Kit;
  let pool: Pool;
  beforeAll(async () => {
    kit = await createKit();
    expect((await kit.createLot('lot-1')).outcome).toMatchObject({ ok: true });
    pool = createPool({ url: kit.database.ownerUrl, name: 'refold' });
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await pool.end();
    await kit.close();
  });

  const listed = async (): Promise<unknown[]> => [
    (await pool.query('SELECT * FROM lot_summary ORDER BY log_id')).rows,
    (await pool.query(`SELECT ${PARTY} FROM lot_party ORDER BY log_id, party`)).rows,
  ];

  it('is listed again as its entries say, whether it is in memory or not, and as often as it is asked for', async () => {
    const before = await listed();
    for (const isInMemory of [true, false, true]) {
      await pool.query("UPDATE lot_summary SET status = 'OLD'");
      await pool.query('DELETE FROM lot_party');
      const sut = isInMemory ? kit.process : await kit.another({ pool });
      await sut.refolder.refold(ORIGIN);
      expect(await listed()).toEqual(before);
    }
  });

  it('SEC-16 names nobody to whoever reads the table, and finds them for who has the key', async () => {
    const { rows } = await pool.query<{ row: string }>('SELECT row_to_json(p)::text AS row FROM lot_party p');
    expect(rows.length).toBeGreaterThan(3);
    const { agency } = kit.cast;
    for (const { row } of rows)
      for (const name of [agency.id, agency.organisation?.id ?? '', agency.facts.fingerprint]) {
        expect(row).not.toContain(name);
        expect(row).not.toContain(Buffer.from(name).toString('hex'));
      }
    const marks = kit.process.get(PartyMarks);
    const sut = new LotDirectory(pool, marks);
    const session = { person: agency, organisation: agency.organisation, fingerprint: agency.facts.fingerprint };
    expect(await sut.ofPerson(session)).toMatchObject([{ lot: 'lot-1', parties: [{ party: 'agency' }] }]);
    expect(await sut.ofPerson({ ...session, fingerprint: 'another' })).toEqual([]);
    const kept = await pool.query<{ mark: Buffer; sealed: Buffer }>(
      'SELECT person_mark AS mark, person_sealed AS sealed FROM lot_party WHERE party = $1',
      ['agency'],
    );
    const [{ mark, sealed }] = kept.rows as [{ mark: Buffer; sealed: Buffer }];
    expect(marks.open(sealed, mark)).toBe(agency.id);
    expect(() => marks.open(sealed, Buffer.alloc(32))).toThrow('mark');
  });

  it('SEC-16 a data folder of before names nobody any more once it is migrated, and lists every lot again when the venue starts', async () => {
    const before = await listed();
    const owner = await createDataSource({ url: kit.database.ownerUrl, name: 'migrate', entities: [] }).initialize();
    const runner = owner.createQueryRunner();
    const migration = new HidePartiesOfLots1796000000000();
    await migration.down(runner);
    await runner.query(`INSERT INTO lot_party (log_id, party, roles, person) SELECT id, 'agency', '{agency}', 'p-agency' FROM log`);
    await migration.up(runner);
    await runner.release();
    await owner.destroy();
    expect((await pool.query('SELECT 1 FROM lot_party')).rowCount).toBe(0);
    await kit.another({ pool });
    expect(await listed()).toEqual(before);
  });

  it('is left alone when there is no such log', async () => {
    const before = await listed();
    await kit.process.refolder.refold('gongping.test/lot/none/1');
    await kit.process.refolder.refold('gongping.test/platform');
    expect(await listed()).toEqual(before);
  });
});
