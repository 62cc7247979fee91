import { PART } from '@app/contracts';
import type { Outcome } from '@app/contracts';
import { erasedBy } from '@app/evaluation';
import { PartEraser } from '@app/ledger/store';
import type { Clock } from '@app/platform';
import { createLogger, createPool, FakeClock } from '@app/platform';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { terminatedLot } from '../../test/support/lot.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { ERASURE_RETRY_MS, ERASURE_SWEEP_MS, PartErasures } from './part-erasures.js';

const BOOT_MS_MAX = 60_000;
const LOT = 'lot-1';
const ORIGIN = `gongping.test/lot/${LOT}/1`;
/** Entries of the lot before anything was erased. */
const SIZE = 8;

describe('an erasure that a log orders', () => {
  let kit: Kit;
  let eraserPool: Pool;
  const running: PartErasures[] = [];

  beforeAll(async () => {
    kit = await createKit();
    await terminatedLot(kit, LOT);
    expect(await kit.process.reader.size(ORIGIN)).toBe(SIZE);
    eraserPool = createPool({ url: kit.database.eraserUrl, name: 'eraser', connectionsMax: 1 });
  }, BOOT_MS_MAX);
  afterEach(async () => {
    for (const sut of running.splice(0)) await sut.close();
  });
  afterAll(async () => {
    await eraserPool.end();
    await kit.close();
  });

  /** The erasures of a main-venue process, started. */
  const started = (more: { eraser?: Pick<PartEraser, 'erase'> | null; clock?: Clock } = {}): PartErasures => {
    const { pipeline, reader } = kit.process;
    const { clock = kit.clock, eraser = new PartEraser(eraserPool) } = more;
    const sut = new PartErasures(pipeline, reader, clock, eraser, kit.pool, createLogger({ name: 'kit', level: 'silent' }));
    running.push(sut);
    sut.start();
    return sut;
  };
  const order = async (...seqs: number[]): Promise<Outcome> => {
    const payload = { parts: seqs.map((seq) => ({ seq, name: PART.who })), ground: 'The period of retention is over.' };
    const signed = await kit.wish(kit.cast.supervisor.identity, LOT, 'supervisor', 'lot.erase-parts', payload);
    return (await kit.process.pipeline.submit(signed)).outcome;
  };
  /** Entries of which the application can still read who signed. */
  const signedEntries = async (): Promise<number[]> =>
    (await kit.process.reader.read(ORIGIN, 0, 100)).filter(({ parts }) => parts[PART.who] !== undefined).map(({ header }) => header.seq);
  /** A row where a backup or a mirror put it back: the part as it was. */
  const putBack = async (rows: readonly { log_id: number; seq: number; name: string; ciphertext: Buffer }[]): Promise<void> => {
    for (const { log_id: log, seq, name, ciphertext } of rows)
      await kit.pool.query('INSERT INTO entry_part (log_id, seq, name, ciphertext) VALUES ($1, $2, $3, $4)', [log, seq, name, ciphertext]);
  };

  it('is carried out as soon as it is ordered: the part is gone, its commitment and the tree are not', async () => {
    const before = await kit.process.reader.read(ORIGIN, 0, 100);
    const sut = started();
    expect(await order(1, 2)).toMatchObject({ ok: true, seq: SIZE });
    await sut.settled();
    expect(await signedEntries()).toEqual([0, 3, 4, 5, 6, 7, 8]);
    const after = await kit.process.reader.read(ORIGIN, 0, SIZE);
    expect(after.map(({ header, leaf }) => ({ header, leaf }))).toEqual(before.map(({ header, leaf }) => ({ header, leaf })));
    // Another process folds from the start; it would notice another frontier.
    const state = await (await kit.another()).pipeline.lotState(ORIGIN);
    expect([state.size, state.faults, erasedBy(state, 1, PART.who)]).toEqual([SIZE + 1, [], SIZE]);
    expect(state).toEqual(await kit.process.pipeline.lotState(ORIGIN));
  });

  it('that a crash left undone is carried out by the next process', async () => {
    expect((await order(3)).ok).toBe(true);
    expect(await signedEntries()).toContain(3);
    await started().settled();
    expect(await signedEntries()).not.toContain(3);
  });

  it('waits for a database that is away, and is tried again', async () => {
    const clock = new FakeClock();
    let isAway = true;
    const real = new PartEraser(eraserPool);
    const eraser = {
      erase: (asked: Parameters<PartEraser['erase']>[0]) => (isAway ? Promise.reject(new Error('ECONNREFUSED')) : real.erase(asked)),
    };
    const sut = started({ clock, eraser });
    expect((await order(4)).ok).toBe(true);
    await sut.settled();
    expect(await signedEntries()).toContain(4);
    isAway = false;
    await clock.advance(ERASURE_RETRY_MS);
    await sut.settled();
    expect(await signedEntries()).not.toContain(4);
  });

  it('is carried out again when a mirror brought the part back', async () => {
    const clock = new FakeClock();
    const sut = started({ clock });
    const { rows } = await kit.pool.query<{ log_id: number; seq: number; name: string; ciphertext: Buffer }>(
      "SELECT p.* FROM entry_part p JOIN log l ON l.id = p.log_id WHERE l.origin = $1 AND p.seq = 5 AND p.name = 'who'",
      [ORIGIN],
    );
    expect((await order(5)).ok).toBe(true);
    await sut.settled();
    await putBack(rows);
    expect(await signedEntries()).toContain(5);
    await clock.advance(ERASURE_SWEEP_MS);
    await sut.settled();
    expect(await signedEntries()).not.toContain(5);
  });

  it('waits for a process that may erase, when this one was given no address of the role', async () => {
    const sut = started({ eraser: null });
    expect((await order(6)).ok).toBe(true);
    await sut.settled();
    expect(await signedEntries()).toContain(6);
    await started().settled();
    expect(await signedEntries()).not.toContain(6);
  });

  it('is not obeyed by the role of the application', async () => {
    expect((await order(7)).ok).toBe(true);
    const sut = started({ eraser: new PartEraser(kit.pool) });
    await sut.settled();
    expect(await signedEntries()).toContain(7);
  });
});
