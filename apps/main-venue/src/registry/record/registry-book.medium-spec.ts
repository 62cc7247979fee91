import { DomainError } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKit, type Kit } from '../../../test/support/pipeline-kit.js';
import { OrganisationEntity, RegistryChangeEntity, RegistryStateEntity } from '../entities.js';
import type { RegistryTx } from './registry-book.js';
import { INSTALLER, versionOf } from './registry-book.js';

const AUTHOR = { person: 'p-agency', certificate: 'f'.repeat(64) };

/** The database is migrated before the first test. */
const BOOT_MS_MAX = 60_000;

describe('the book of the registry', () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = await createKit();
  }, BOOT_MS_MAX);
  afterAll(async () => kit.close());

  const version = async (): Promise<number> => (await kit.dataSource.getRepository(RegistryStateEntity).findOneByOrFail({ id: 1 })).version;
  const acts = async (): Promise<number> =>
    Number((await kit.pool.query<{ n: string }>('SELECT count(*) AS n FROM platform_act')).rows[0]?.n);
  const put = (id: string, name: string) => (tx: RegistryTx) =>
    tx.put(OrganisationEntity, 'put', 'organisation', [{ subject: id, row: { id, name, creditCode: '913300000000000001' } }]);

  it('writes who changed what and when, under one act whose commitment waits for the platform log', async () => {
    const before = { version: await version(), acts: await acts() };
    expect(await kit.book.change(AUTHOR, put('o-new', 'New'))).toEqual(['o-new']);
    expect({ version: await version(), acts: await acts() }).toEqual({ version: before.version + 1, acts: before.acts + 1 });
    const change = await kit.dataSource.getRepository(RegistryChangeEntity).findOneByOrFail({ kind: 'organisation', subject: 'o-new' });
    expect(change).toMatchObject({ version: before.version + 1, personId: 'p-agency', certificate: AUTHOR.certificate, action: 'put' });
    const kept = await kit.acts.byId(kit.pool, change.act);
    expect(kept?.opening.text).toContain('"name":"New"');
    expect(kept?.place).toBeNull();
  });

  it('makes no version, record or act of what changes nothing', async () => {
    const before = { version: await version(), acts: await acts() };
    expect(await kit.book.change(AUTHOR, put('o-new', 'New'))).toEqual([]);
    expect({ version: await version(), acts: await acts() }).toEqual(before);
  });

  it('leaves nothing of a change that fails in the middle, or whose commitment cannot be written', async () => {
    const before = { version: await version(), acts: await acts() };
    const failing = kit.book.change(AUTHOR, async (tx) => {
      await put('o-half', 'Half')(tx);
      throw new DomainError('E_INPUT', 'in the middle');
    });
    await expect(failing).rejects.toMatchObject({ code: 'E_INPUT' });
    const unwritable = kit.book.change(AUTHOR, async (tx) => {
      await put('o-half', 'Half')(tx);
      tx.note({ action: 'put', kind: 'organisation', subject: 'o-half', content: { bad: Number.NaN } });
    });
    await expect(unwritable).rejects.toThrow();
    expect({ version: await version(), acts: await acts() }).toEqual(before);
    expect(await kit.dataSource.getRepository(OrganisationEntity).findOneBy({ id: 'o-half' })).toBeNull();
  });

  it('takes changes of many at once one after the other, each under its own version', async () => {
    const before = await version();
    const names = Array.from({ length: 12 }, (_unused, index) => `o-many-${String(index)}`);
    await Promise.all(names.map((id) => kit.book.change(AUTHOR, put(id, id))));
    expect(await version()).toBe(before + names.length);
    const versions = await Promise.all(names.map((id) => versionOf(kit.dataSource.manager, 'organisation', id)));
    expect(new Set(versions).size).toBe(names.length);
  });

  it('refuses a change that was made on another version, so that of two administrators one reads again', async () => {
    const basis = await versionOf(kit.dataSource.manager, 'organisation', 'o-new');
    const change = (name: string) =>
      kit.book.change(AUTHOR, async (tx) => {
        await tx.expect('organisation', 'o-new', true, basis);
        await put('o-new', name)(tx);
      });
    const results = await Promise.allSettled([change('First'), change('Second')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'E_CHANGED_MEANWHILE' });
  });

  it('never lets a registry file undo what a person changed since', async () => {
    const file = await kit.people.registry();
    await kit.importer.import(file);
    const found = file.organisations.find(({ id }) => id === 'o-agency');
    expect(await kit.importer.import(file)).toBe(0);
    await kit.book.change(AUTHOR, put('o-agency', 'Renamed by a person'));
    expect(await kit.importer.import(file)).toBe(0);
    expect(await kit.dataSource.getRepository(OrganisationEntity).findOneBy({ id: 'o-agency' })).toMatchObject({
      name: 'Renamed by a person',
    });
    await kit.book.change(INSTALLER, put('o-agency', found?.name ?? ''));
  });

  it('cannot be rewritten by the process that writes it', async () => {
    await expect(kit.pool.query('UPDATE registry_change SET person_id = NULL')).rejects.toThrow(/permission denied/);
    await expect(kit.pool.query('DELETE FROM registry_change')).rejects.toThrow(/permission denied/);
  });
});
