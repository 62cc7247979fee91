import { PartEraser } from '@app/ledger/store';
import { createPool } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';

describe('the log on disk', () => {
  let kit: Kit;
  let owner: Pool;
  let eraser: Pool;

  beforeAll(async () => {
    kit = await createKit();
    expect((await kit.createLot('lot-1')).outcome.ok).toBe(true);
    owner = createPool({ url: kit.database.ownerUrl, name: 'owner', connectionsMax: 1 });
    eraser = createPool({ url: kit.database.eraserUrl, name: 'eraser', connectionsMax: 1 });
  }, 60_000);
  afterAll(async () => {
    await owner.end();
    await eraser.end();
    await kit.close();
  });

  it.each([
    ["UPDATE entry SET header = ''"],
    ['DELETE FROM entry'],
    ['TRUNCATE entry'],
    ["UPDATE entry_part SET ciphertext = ''"],
    ['DELETE FROM entry_part'],
    ['TRUNCATE entry_part'],
    ['DELETE FROM log'],
    ["UPDATE command_answer SET outcome = ''"],
    ['DELETE FROM command_answer'],
    ['UPDATE platform_act SET commitment = ciphertext'],
    ['DELETE FROM platform_act'],
    ["UPDATE lot_head SET root = ''"],
    ['DELETE FROM lot_head'],
  ])('refuses %s to the application', async (sql) => {
    await expect(kit.pool.query(sql)).rejects.toThrow(/permission denied|append-only|refused/);
  });

  it.each([
    ["UPDATE entry SET header = ''"],
    ['DELETE FROM entry'],
    ['TRUNCATE entry'],
    ['DELETE FROM entry_part'],
    ["UPDATE entry_part SET name = 'x'"],
  ])('refuses %s even to the owner of the schema, by trigger', async (sql) => {
    await expect(owner.query(sql)).rejects.toThrow(/append-only|refused/);
  });

  it('keeps neither texts nor salts in the clear', async () => {
    const { rows } = await kit.pool.query<{ ciphertext: Buffer }>('SELECT ciphertext FROM entry_part');
    expect(rows.length).toBeGreaterThan(5);
    for (const { ciphertext } of rows) expect(ciphertext.toString('latin1')).not.toMatch(/lot\.created|p-agency|events/);
  });

  it('opens no part that was moved to another place or changed', async () => {
    const [entry] = await kit.process.store.readSealed(ORIGIN, 0, 1);
    const [one, two] = entry?.parts ?? [];
    if (entry === undefined || one === undefined || two === undefined) throw new Error('no parts');
    const swapped = { ...entry, parts: [{ name: two.name, ciphertext: one.ciphertext }] };
    expect(() => kit.process.store.openEntry(ORIGIN, swapped)).toThrow(/not what its header commits to/);
    const changed = Buffer.from(one.ciphertext);
    changed[40] = (changed[40] ?? 0) ^ 1;
    const edited = { ...entry, parts: [{ name: one.name, ciphertext: changed }] };
    expect(() => kit.process.store.openEntry(ORIGIN, edited)).toThrow(/not what its header commits to/);
  });

  it('lets the eraser delete a part by a later entry, and leaves the tree whole', async () => {
    const signed = await kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.give-opinion', {
      text: 'erase',
      target: 'lot',
    });
    expect((await kit.process.pipeline.submit(signed)).outcome).toMatchObject({ ok: true, seq: 1 });
    const sut = new PartEraser(eraser);
    const parts = [{ seq: 0, name: 'who' }];
    await expect(sut.erase({ origin: ORIGIN, bySeq: 9, parts })).rejects.toThrow(/orders this/);
    expect(await sut.erase({ origin: ORIGIN, bySeq: 1, parts })).toBe(1);
    expect(await sut.erase({ origin: ORIGIN, bySeq: 1, parts })).toBe(0);
    const [entry] = await kit.process.reader.read(ORIGIN, 0, 1);
    expect(entry?.parts['who']).toBeUndefined();
    expect(entry?.header.parts['who']).toMatch(/^[0-9a-f]{64}$/);
    // Folding from the start still gives the kept frontier: another process would notice otherwise.
    expect((await (await kit.another()).pipeline.lotState(ORIGIN)).size).toBe(2);
  });

  it('folds nothing when the frontier and the entries disagree', async () => {
    await owner.query("UPDATE log SET frontier = decode(repeat('00', 40), 'hex') WHERE origin = $1", [ORIGIN]);
    await expect((await kit.another()).pipeline.lotState(ORIGIN)).rejects.toThrow(/frontier/);
  });
});
