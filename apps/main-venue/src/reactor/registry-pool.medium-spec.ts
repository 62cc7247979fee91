import { FolderBlobStore } from '@app/blobs';
import { initialLotState, PoolList } from '@app/evaluation';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { profile } from '../../test/support/people.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { NodeSecrets } from './node-secrets.js';
import { DEMO_LINE, RegistryPool } from './registry-pool.js';

const BOOT_MS_MAX = 60_000;
const EXPERTS = 10_000;
const ORIGIN = 'gongping.test/lot/lot-1/1';
const PEOPLE = `INSERT INTO person (id, name) SELECT 'x-' || n, '专家' || n FROM generate_series(1, $1) n`;
const POOL = `INSERT INTO expert (person_id, specialties, city, active) SELECT 'x-' || n, ARRAY['A08', 'A04'], '温州', n % 10 <> 0 FROM generate_series(1, $1) n`;

jest.setTimeout(BOOT_MS_MAX);

describe('the pool of the registry', () => {
  let kit: Kit;
  let folder: string;
  let sut: RegistryPool;
  let blobs: FolderBlobStore;
  const secrets = new NodeSecrets(profile, new Uint8Array(32).fill(3));
  const state = initialLotState(ORIGIN, 'lot-1', 1);

  beforeAll(async () => {
    kit = await createKit();
    await kit.pool.query(PEOPLE, [EXPERTS]);
    await kit.pool.query(POOL, [EXPERTS]);
    await kit.pool.query('ANALYZE person, expert');
    folder = await mkdtemp(join(tmpdir(), 'gongping-pool-'));
    blobs = new FolderBlobStore(folder);
    sut = new RegistryPool(kit.dataSource, profile, secrets, DEMO_LINE, blobs);
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await kit.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('of ten thousand becomes a root, a count and a file that reads back to them; who is not active is left out', async () => {
    const before = await kit.pool.query<{ n: string }>('SELECT count(*) AS n FROM expert WHERE active');
    const pool = await sut.snapshot(state);
    expect(pool).toMatchObject({ count: Number(before.rows[0]?.n), recused: 0 });
    expect(JSON.stringify(pool).length).toBeLessThan(400);
    const content = await blobs.open(pool.blob);
    if (content === null) throw new Error('no file');
    const list = PoolList.read(profile, await buffer(content));
    expect(list).toMatchObject({ root: pool.root, count: pool.count });
    expect(await sut.snapshot(state)).toEqual(pool);
    const { candidates } = await sut.listed(state);
    expect([candidates.length, Object.keys(candidates[0] ?? {})]).toEqual([pool.count, ['id', 'specialties', 'city']]);
  });

  it('calls who stands behind a pseudonym, and opens the commitment of the list to them', async () => {
    const candidate = secrets.pseudonym(ORIGIN, 'x-4711');
    const called = await sut.contact(state, candidate, 'expert-1', 'sub-1');
    expect(called).toMatchObject({
      outcome: 'ACCEPTED',
      person: { id: 'x-4711' },
      binding: { party: 'expert-1', person: { id: 'x-4711' } },
    });
    const gone = await sut.contact(state, secrets.pseudonym(ORIGIN, 'x-10'), 'expert-1', 'sub-1');
    expect(gone).toMatchObject({ outcome: 'TIMEOUT', person: { id: 'x-10' }, binding: null });
    await expect(sut.contact(state, 'c-nobody', 'expert-1', 'sub-1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
