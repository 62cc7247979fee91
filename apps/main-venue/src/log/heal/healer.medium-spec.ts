import { FakeClock } from '@app/platform';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeWitness } from '../test/fake-witness.js';
import { entryOf, LOT, mirrorOf } from '../test/history.js';
import { LogKit } from '../test/log-kit.js';
import type { Mirror } from './heal.types.js';

const OTHER = 'gongping.demo/platform';
jest.setTimeout(30_000);

let clock: FakeClock;
let witnesses: FakeWitness[];
const kits: LogKit[] = [];

/** A main venue whose logs witnesses cosigned up to 20 entries, and which is gone now. */
beforeEach(async () => {
  clock = new FakeClock();
  witnesses = ['sub-1', 'sub-2'].map((id) => new FakeWitness(id, clock));
  for (const witness of witnesses) await witness.listen();
  const kit = await start([]);
  await kit.log.checkpoints.start();
  await kit.append(LOT, 12);
  await kit.append(OTHER, 5);
  await kit.log.checkpoints.beat();
  await kit.append(LOT, 20);
  await kit.log.checkpoints.beat();
  expect(witnesses.map(({ heads }) => heads.get(LOT)?.size)).toEqual([20, 20]);
});
afterEach(async () => {
  for (const kit of kits.splice(0)) await kit.stop();
  for (const witness of witnesses) await witness.close();
});

async function start(mirrors: readonly Mirror[]): Promise<LogKit> {
  const kit = await LogKit.start(clock, witnesses, mirrors);
  kits.push(kit);
  return kit;
}

/** A database restored to an older state: nothing of the later entries, checkpoints or cosignatures. */
async function restored(size: number, mirrors: readonly Mirror[]): Promise<LogKit> {
  const kit = await start(mirrors);
  if (size > 0) await kit.append(LOT, size);
  return kit;
}

describe('a database restored shorter than what was witnessed', () => {
  it('heals from a mirror up to the witnessed head, part by part, and goes on from there', async () => {
    const kit = await restored(9, [mirrorOf('sub-1', 25)]);
    await kit.log.healer.compareAll();
    expect(kit.log.readOnly.reason(LOT)).toBeNull();
    expect([...new Set(kit.resets)].sort()).toEqual([LOT, OTHER]);
    const entries = await kit.store.read(LOT, 0, 100);
    expect(entries.map(({ header }) => header)).toEqual(Array.from({ length: 20 }, (_none, seq) => entryOf('a', seq).header));
    expect(entries.every(({ parts }) => Object.keys(parts).length === 2)).toBe(true);
    expect(JSON.parse(entries[19]!.parts['x:secret']!.text)).toEqual({ secret: 'a 19' });
    await kit.log.checkpoints.start();
    await kit.append(LOT, 23);
    await kit.log.checkpoints.beat();
    expect(await kit.cosigned(LOT)).toEqual(['sub-1', 'sub-2']);
  });

  it('gets back a log of which nothing is left', async () => {
    const kit = await restored(0, [mirrorOf('sub-1', 20)]);
    await kit.log.healer.compareAll();
    expect([await kit.store.size(LOT), await kit.store.size(OTHER)]).toEqual([20, 5]);
    const { rows } = await kit.pool.query('SELECT lot, round FROM log WHERE origin = $1', [LOT]);
    expect(rows).toEqual([{ lot: 'lot-1', round: 1 }]);
  });

  it.each<[string, Mirror[]]>([
    ['no mirror', []],
    ['a mirror that is too short', [mirrorOf('sub-1', 15)]],
    ['a mirror with another history', [mirrorOf('sub-1', 25, 'b')]],
    ['a mirror with a forged part', [mirrorOf('sub-1', 25, 'a', (body) => body.with(40, body[40]! ^ 1))]],
    ['a mirror that is down', [{ name: 'sub-1', fetch: () => Promise.reject(new Error('down')) }]],
  ])('stays read-only with %s, and nothing is written', async (_name, mirrors) => {
    const kit = await restored(9, mirrors);
    await kit.log.healer.compareAll();
    expect(kit.log.readOnly.reason(LOT)).toMatch(/9 of 20 witnessed entries/);
    expect(await kit.store.size(LOT)).toBe(9);
    const { rows } = await kit.pool.query('SELECT 1 FROM entry e JOIN log l ON l.id = e.log_id WHERE l.origin = $1', [LOT]);
    expect(rows).toHaveLength(9);
    await kit.log.checkpoints.start();
    await kit.log.checkpoints.beat();
    expect(await kit.log.checkpoints.newest(LOT)).toBeNull();
  });

  it('takes the next mirror when one is no good, and tries again later by itself', async () => {
    const good = mirrorOf('sub-2', 20);
    let isUp = false;
    const late: Mirror = { name: 'late', fetch: (origin, from, to) => (isUp ? good.fetch(origin, from, to) : Promise.resolve([])) };
    const kit = await restored(9, [mirrorOf('sub-1', 25, 'b'), late]);
    await kit.log.healer.compareAll();
    expect(kit.log.readOnly.reason(LOT)).not.toBeNull();
    isUp = true;
    await clock.advance(30_000);
    await kit.log.healer.compare(LOT);
    expect([kit.log.readOnly.reason(LOT), await kit.store.size(LOT)]).toEqual([null, 20]);
    expect(clock.waiting).toBe(0);
  });

  it('stays read-only when it went on with entries of its own', async () => {
    const kit = await start([mirrorOf('sub-1', 25)]);
    await kit.append(LOT, 12, 'b', 9);
    await kit.log.healer.compareAll();
    expect(kit.log.readOnly.reason(LOT)).toMatch(/12 of 20 witnessed entries/);
    expect(await kit.store.size(LOT)).toBe(12);
  });

  it('is found by the first witness that comes back, when none could be asked at the start', async () => {
    for (const witness of witnesses) witness.fault = { status: 503, body: 'down' };
    const kit = await restored(9, [mirrorOf('sub-1', 25)]);
    await kit.log.healer.compareAll();
    await kit.log.checkpoints.start();
    await kit.log.checkpoints.beat();
    expect((await kit.log.checkpoints.newest(LOT))?.size).toBe(9);
    for (const witness of witnesses) witness.fault = null;
    await clock.advance(2_000);
    await kit.log.checkpoints.beat();
    await kit.log.healer.compare(LOT);
    expect([kit.log.readOnly.reason(LOT), await kit.store.size(LOT)]).toEqual([null, 20]);
  });

  it('is not made to believe a head that the log never signed', async () => {
    const head = witnesses[0]!.heads.get(LOT)!;
    for (const { heads } of witnesses) heads.set(LOT, { ...head, size: 30, note: head.note.replace('\n20\n', '\n30\n') });
    const kit = await restored(20, []);
    await kit.log.healer.compareAll();
    expect(kit.log.readOnly.reason(LOT)).toBeNull();
  });
});
