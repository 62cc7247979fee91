import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobVenue } from '../../test/venue.js';
import { hashOf, startBlobVenue, Uploader } from '../../test/venue.js';
import { IDLE_UPLOADS, QUOTA_OF_PERSON } from './upload.repository.js';

const UNFINISHED = 10_000;
const HOARDER = 'person-with-many';
const SETUP_MS_MAX = 60_000;
const CLEAN_UP_MS_MAX = 300_000;
const BYTES = Buffer.from('a bid');
const HOUR_MS = 3_600_000;

/** Rows and files of one person's uploads, as requests leave them. */
async function hoard({ pool, folder }: BlobVenue): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO upload (id, hash, size, person, state, created_at, last_byte_at)
     SELECT gen_random_uuid(), lpad(to_hex(n), 64, '0'), 1000, $1, 'open', now(), now() FROM generate_series(1, $2) n RETURNING id`,
    [HOARDER, UNFINISHED],
  );
  await mkdir(join(folder, 'uploads'), { recursive: true });
  for (const { id } of rows) await writeFile(join(folder, 'uploads', id), '');
}

describe('10,000 uploads that one person begins and nobody finishes', () => {
  let venue: BlobVenue;
  const partsOf = (): Promise<string[]> => readdir(join(venue.folder, 'uploads'));
  beforeAll(async () => {
    venue = await startBlobVenue();
    await hoard(venue);
  }, SETUP_MS_MAX);
  afterAll(() => venue.close());

  it('stop that person, and nobody else', async () => {
    const [hoarder, other] = [new Uploader(() => venue.url, HOARDER), new Uploader(() => venue.url, 'person-with-one')];
    const content = { hash: hashOf(BYTES), size: BYTES.length };
    expect(await hoarder.create(content)).toMatchObject({ status: 409, code: 'QUOTA_EXCEEDED' });
    const path = await other.begin(content);
    expect((await other.append(path, 0, BYTES)).status).toBe(204);
    expect(await other.receipt(path)).toMatchObject({ state: 'stored' });
    expect(await partsOf()).toHaveLength(UNFINISHED);
  });

  it('are passed by an index where anybody else is admitted, and where the oldest are looked for', async () => {
    const owner = await venue.pool.connect();
    try {
      const plan = async (sql: string, values: unknown[]): Promise<string> =>
        JSON.stringify((await owner.query(`EXPLAIN (FORMAT JSON) ${sql}`, values)).rows);
      // As in a year of uploads, most of which were finished.
      await owner.query(
        `INSERT INTO upload (id, hash, size, person, state, created_at, last_byte_at)
         SELECT gen_random_uuid(), lpad(to_hex(n), 64, '0'), 1000, 'person-' || n % 500, 'stored', now(), now() FROM generate_series(1, 50000) n`,
      );
      const window = new Date(venue.clock.nowMs() - HOUR_MS);
      expect(await plan(QUOTA_OF_PERSON, ['person-7', window])).toContain('IDX_upload_person_hash');
      expect(await plan(IDLE_UPLOADS, [window, 1_000])).toContain('IDX_upload_idle');
    } finally {
      owner.release();
    }
  });

  it(
    'are removed all by one look, their files too, once nobody went on with them; what was finished stays',
    async () => {
      expect(await venue.uploads.cleanUp()).toBe(0);
      venue.clock.aheadMs = 49 * HOUR_MS;
      expect(await venue.uploads.cleanUp()).toBe(UNFINISHED);
      expect(await partsOf()).toEqual([]);
      const { rows } = await venue.pool.query('SELECT DISTINCT state FROM upload');
      expect(rows).toEqual([{ state: 'stored' }]);
      expect((await new Uploader(() => venue.url).fetch('HEAD', `/api/blobs/${hashOf(BYTES)}`)).status).toBe(200);
      venue.clock.aheadMs = 0;
      expect((await new Uploader(() => venue.url, HOARDER).create({ hash: hashOf(BYTES), size: 5 })).status).toBe(201);
    },
    CLEAN_UP_MS_MAX,
  );
});
