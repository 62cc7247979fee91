import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from '@app/contracts';
import { decodePage, encodePage, pageParts } from '@app/contracts';
import type { Judge } from '@app/ledger';
import { CheckpointJudge } from '@app/ledger';
import { createPool, SystemClock } from '@app/platform';
import { noteSuite } from '@app/sealing';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import type pg from 'pg';
import { SITE_MIGRATIONS } from '../../../../migrations/site/index.js';
import { judgeOf, newCrypto, profile, silent, TestLog } from '../../test/support.js';
import { Replica } from './replica.js';
import { ReplicaRepository } from './replica.repository.js';

// Databases are made on cores that others use too.
jest.setTimeout(30_000);

const crypto = newCrypto();
let database: TestDatabase;
let pool: pg.Pool;
let repository: ReplicaRepository;
let lots = 0;
const opened: Replica[] = [];

beforeAll(async () => {
  database = await createDatabase(SITE_MIGRATIONS);
  pool = createPool({ url: database.ownerUrl, name: 'test' });
  repository = new ReplicaRepository(pool, crypto);
});
afterAll(async () => {
  await Promise.all(opened.map((replica) => replica.close()));
  await pool.end();
  await database.drop();
});

interface World {
  readonly log: TestLog;
  readonly seen: string[];
  quorate: boolean;
  open(): Promise<Replica>;
}

/** A log of its own, and replicas of it on this suite's disk. The judge takes the log's own key; the quorum is the test's to say. */
async function world(entries: number, disk: ReplicaRepository = repository): Promise<World> {
  const lot = `lot-${String((lots += 1))}`;
  const log = new TestLog(`test/lot/${lot}/1`).append(entries);
  const seen: string[] = [];
  await repository.putLot({ origin: log.origin, lot, round: 1, viewers: [] });
  const real = new CheckpointJudge(noteSuite(profile), log.origin, () => log.noteSigner());
  const self: World = {
    log,
    seen,
    quorate: false,
    open: async () => {
      const judge: Judge = {
        judge: (text, rules) => {
          const judged = real.judge(text, rules);
          return { ...judged, isQuorate: judged.isSigned && self.quorate };
        },
      };
      const events = {
        folded: (_replica: Replica, list: readonly unknown[]) => seen.push(`folded ${String(list.length)}`),
        refolded: () => seen.push('refolded'),
        checked: (replica: Replica) => seen.push(`checked ${String(replica.checkedSize)}`),
        broken: () => seen.push('broken'),
      };
      const name = { origin: log.origin, lot, round: 1 };
      const replica = new Replica(name, disk, crypto, judge, () => judgeOf(log.origin, lot), events, new SystemClock(), silent);
      const row = (await repository.lots()).find(({ origin }) => origin === log.origin);
      opened.push(replica);
      await replica.load(row?.checkpoint ?? null, row?.fault ?? null);
      return replica;
    },
  };
  return self;
}
const wire = (page: Page): Page => decodePage(encodePage(page));

describe('a replica', () => {
  it('takes pages in order, folds them, and is the same after a restart', async () => {
    const { log, open } = await world(600);
    const replica = await open();
    expect(await replica.receive(wire(log.page(0, 300)))).toBe(300);
    expect(await replica.receive(wire(log.page(300, 600)))).toBe(600);
    expect((await replica.folded()).size).toBe(600);
    await replica.offerCheckpoint(log.checkpoint());
    const again = await open();
    expect([again.size, again.checkedSize, again.fault]).toEqual([600, 600, null]);
    expect((await again.folded()).size).toBe(600);
    const entries = await again.entries(298, 4);
    expect(entries.map(({ header }) => header.seq)).toEqual([298, 299, 300, 301]);
    expect(entries[0]?.parts).toEqual({ skeleton: log.entries[298]?.parts['skeleton'], command: log.entries[298]?.parts['command'] });
  });

  it('keeps nothing readable on its disk', async () => {
    const { log, open } = await world(3);
    await (await open()).receive(log.page(0, 3));
    const { rows } = await pool.query<{ sealed: Buffer; hidden: Buffer }>('SELECT sealed, hidden FROM replica_page WHERE origin = $1', [
      log.origin,
    ]);
    for (const word of ['entry.acted', 'expert-1', 'review.submit-sheet', log.entries[0]?.header.parts['skeleton'] ?? ''])
      expect(rows.map(({ sealed }) => sealed.toString('latin1')).join('')).not.toContain(word);
  });

  it('takes a push twice, or one that overlaps, without keeping anything twice', async () => {
    const { log, open } = await world(30);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    expect(await replica.receive(log.page(0, 10))).toBe(10);
    expect(await replica.receive(log.page(5, 20))).toBe(20);
    expect(await replica.receive(log.page(2, 4))).toBe(20);
    expect((await replica.entries(0, 100)).map(({ header }) => header.seq)).toEqual(Array.from({ length: 20 }, (_none, seq) => seq));
  });

  it('leaves out a push that comes before its time, and says from where to go on', async () => {
    const { log, open } = await world(30);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    expect(await replica.receive(log.page(20, 30))).toBe(10);
    expect(await replica.receive(log.page(10, 30))).toBe(30);
  });

  it('takes pages that come faster than the disk, in one go', async () => {
    const { log, open } = await world(100);
    const replica = await open();
    const sizes = await Promise.all(Array.from({ length: 10 }, (_none, index) => replica.receive(log.page(index * 10, index * 10 + 10))));
    expect(sizes.at(-1)).toBe(100);
  });

  it('refuses a tampered entry, keeps what it had, and goes on with the true one', async () => {
    const { log, open } = await world(20);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    const forged = new TestLog(log.origin).append(20);
    await expect(replica.receive(forged.page(5, 15))).rejects.toThrow('another entry stands here already');
    await expect(replica.receive({ ...log.page(10, 20), open: log.page(0, 10).open })).rejects.toThrow('does not fit its commitment');
    await expect(replica.receive({ ...log.page(10, 20), origin: 'test/lot/other/1' })).rejects.toThrow('sent for');
    expect(replica.size).toBe(10);
    expect(await replica.receive(log.page(10, 20))).toBe(20);
  });

  it('finds by the next checkpoint that another log was pushed from some entry on, and stops there for good', async () => {
    const { log, open, seen } = await world(10);
    const fork = new TestLog(log.origin);
    fork.entries.push(...log.entries);
    fork.append(5);
    log.append(5);
    const replica = await open();
    await replica.receive(fork.page(0, 15));
    await replica.offerCheckpoint(log.checkpoint(10));
    expect(replica.checkedSize).toBe(10);
    await replica.offerCheckpoint(log.checkpoint(15));
    expect(seen).toContain('broken');
    expect(replica.checkedSize).toBe(10);
    await expect(replica.receive(log.page(15, 15))).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect((await open()).fault).toContain('signed root');
  });

  it('believes no checkpoint that the log did not sign: a forged one neither checks nor breaks it', async () => {
    const { log, open, seen } = await world(10);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    const stranger = profile.generateSigner('node');
    await replica.offerCheckpoint(log.checkpoint(10, log.tree.root(10), stranger.privateKey));
    await replica.offerCheckpoint(log.checkpoint(10, new Uint8Array(32), stranger.privateKey));
    await replica.offerCheckpoint('no note');
    await replica.offerCheckpoint(new TestLog('test/lot/other/1').append(10).checkpoint());
    expect([replica.checkedSize, replica.fault, seen.includes('broken')]).toEqual([0, null, false]);
    await replica.offerCheckpoint(log.checkpoint());
    expect(replica.checkedSize).toBe(10);
  });

  it('holds a checkpoint for entries that are still on their way, and checks them when they come', async () => {
    const { log, open } = await world(10);
    const replica = await open();
    await replica.receive(log.page(0, 5));
    await replica.offerCheckpoint(log.checkpoint(10));
    expect(replica.checkedSize).toBe(0);
    await replica.receive(log.page(5, 10));
    expect(replica.checkedSize).toBe(10);
  });

  it("counts a quorum apart from the log's own signature", async () => {
    const self = await world(10);
    const replica = await self.open();
    await replica.receive(self.log.page(0, 10));
    await replica.folded();
    await replica.offerCheckpoint(self.log.checkpoint(10));
    expect([replica.checkedSize, replica.quorateSize]).toEqual([10, 0]);
    self.quorate = true;
    await replica.offerCheckpoint(self.log.checkpoint(8));
    expect([replica.checkedSize, replica.quorateSize]).toEqual([10, 8]);
  });

  it('folds again from the start when its rights widen, and refuses a part that does not fit', async () => {
    const { log, open, seen } = await world(10);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    const disclosure = (seq: number, of: number) => {
      const opening = log.entries[of]?.parts['x:sheet'];
      if (opening === undefined) throw new Error('a sheet');
      return { origin: log.origin, parts: [{ seq, name: 'x:sheet', opening }] };
    };
    await expect(replica.disclose(disclosure(4, 5))).rejects.toThrow('part x:sheet does not fit');
    await replica.disclose(disclosure(40, 5));
    expect(replica.state.disclosed).toEqual({});
    expect(seen).not.toContain('refolded');
    await replica.disclose(disclosure(4, 4));
    expect(seen.at(-1)).toBe('refolded');
    expect(replica.state.disclosed).toEqual({ '4/x:sheet': { score: '4' } });
    const before = seen.length;
    await replica.disclose(disclosure(4, 4));
    expect(seen).toHaveLength(before);
  });

  it('drops open parts and ciphertext that an entry of its own orders to be erased, and verifies as before', async () => {
    const { log, open, seen } = await world(0);
    log
      .appendSigned()
      .append(8)
      .appendSigned()
      .appendErasure([
        { seq: 0, name: 'who' },
        { seq: 9, name: 'who' },
      ]);
    const replica = await open();
    // Two pages: of the first signer the site may know, of the second it mirrors the ciphertext.
    await replica.receive(log.page(0, 5));
    await replica.receive(log.page(5, 11, ['x:sheet', 'who']));
    await replica.offerCheckpoint(log.checkpoint());
    const erasure = { origin: log.origin, parts: [0, 9].map((seq) => ({ seq, name: 'who' })) };
    await replica.erase(erasure);
    const kept = async (from: number): Promise<string[]> => {
      const [page] = await repository.read(log.origin, from, 1);
      if (page === undefined) throw new Error('a page');
      return [...pageParts(page.open, page.count), ...pageParts(page.hidden, page.count)].map(({ name }) => name);
    };
    expect([(await kept(0)).includes('who'), (await kept(5)).includes('who')]).toEqual([false, false]);
    expect((await kept(5)).filter((name) => name === 'x:sheet')).toHaveLength(4);
    expect(seen.at(-1)).toBe('refolded');
    const again = await open();
    expect([again.size, again.checkedSize, again.fault]).toEqual([11, 11, null]);
    expect((await again.entries(0, 1))[0]?.parts['who']).toBeUndefined();
    const before = seen.length;
    await replica.erase(erasure);
    expect(seen).toHaveLength(before);
  });

  it('erases nothing that no entry of its own orders, whatever the main venue says', async () => {
    const { log, open } = await world(2);
    log.appendSigned().appendErasure([{ seq: 2, name: 'who' }]);
    const replica = await open();
    await replica.receive(log.page(0, 3));
    const erase = (seq: number, name: string): Promise<void> => replica.erase({ origin: log.origin, parts: [{ seq, name }] });
    await expect(erase(2, 'who')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await replica.receive(log.page(3, 4));
    await expect(erase(1, 'x:sheet')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await replica.entries(2, 1))[0]?.parts['who']).toBeDefined();
    await erase(2, 'who');
    expect((await replica.entries(2, 1))[0]?.parts['who']).toBeUndefined();
  });

  it('finds at its start that its own disk was changed', async () => {
    const { log, open, seen } = await world(10);
    const replica = await open();
    await replica.receive(log.page(0, 5));
    await replica.receive(log.page(5, 10));
    await expect(pool.query('DELETE FROM replica_page WHERE origin = $1', [log.origin])).rejects.toThrow('append-only');
    await pool.query('ALTER TABLE replica_page DISABLE TRIGGER USER');
    await pool.query('UPDATE replica_page SET from_seq = 6 WHERE origin = $1 AND from_seq = 5', [log.origin]);
    await expect(open()).rejects.toThrow();
    await pool.query('DELETE FROM replica_page WHERE origin = $1 AND from_seq = 0', [log.origin]);
    await pool.query('UPDATE replica_page SET from_seq = 5 WHERE origin = $1 AND from_seq = 6', [log.origin]);
    await pool.query('ALTER TABLE replica_page ENABLE TRIGGER USER');
    expect((await open()).fault).toContain('missing on disk');
    expect(seen).toContain('broken');
  });

  it('takes a page again that the disk refused, and leaves no hole when later ones were on their way', async () => {
    const { log, open } = await world(30);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    await pool.query('ALTER TABLE replica_page ADD CONSTRAINT disk_full CHECK (from_seq <> 10) NOT VALID');
    const [failed, later] = await Promise.allSettled([replica.receive(log.page(10, 20)), replica.receive(log.page(20, 30))]);
    await pool.query('ALTER TABLE replica_page DROP CONSTRAINT disk_full');
    expect(failed.status).toBe('rejected');
    expect(later).toEqual({ status: 'fulfilled', value: 10 });
    expect(await replica.receive(log.page(10, 30))).toBe(30);
  });

  it('is read back once when several pages wait for a disk that was away, and knows every entry that it keeps then', async () => {
    const disk = new FailingDisk(pool, crypto);
    const { log, open } = await world(60, disk);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    disk.isAway = true;
    const lost = await Promise.allSettled([replica.receive(log.page(10, 20)), replica.receive(log.page(20, 30))]);
    disk.isAway = false;
    const sizes = await Promise.all([10, 20, 30, 40].map((from) => replica.receive(log.page(from, from + 10))));
    await replica.offerCheckpoint(log.checkpoint(50));
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(sizes).toEqual([20, 30, 40, 50]);
    expect([replica.checkedSize, replica.treeOf(50)?.size]).toEqual([50, 50]);
    expect(await replica.receive(log.page(50, 60))).toBe(60);
    expect((await replica.folded()).size).toBe(60);
  });

  it('goes on after a page whose writing was not heard to end, whether it lies on the disk or not', async () => {
    const disk = new FailingDisk(pool, crypto);
    const { log, open } = await world(40, disk);
    const replica = await open();
    await replica.receive(log.page(0, 10));
    disk.isUnheard = true;
    // The later page was taken in before the disk was read back: it is left out, although the one before it is there.
    const answers = await Promise.allSettled([replica.receive(log.page(10, 20)), replica.receive(log.page(20, 30))]);
    await replica.offerCheckpoint(log.checkpoint(20));
    expect(answers).toMatchObject([{ reason: { code: 'UNAVAILABLE' } }, { value: 20 }]);
    expect([replica.size, replica.checkedSize]).toEqual([20, 20]);
    expect(await replica.receive(log.page(10, 40))).toBe(40);
    expect((await replica.folded()).size).toBe(40);
    expect([(await open()).size, replica.fault]).toEqual([40, null]);
  });
});

/** A disk that is away for a while, or whose next writing is done without that anybody hears of it. */
class FailingDisk extends ReplicaRepository {
  isAway = false;
  isUnheard = false;

  override async append(page: Page): Promise<void> {
    this.#reach();
    await super.append(page);
    if (!this.isUnheard) return;
    this.isUnheard = false;
    throw new Error('Connection terminated unexpectedly');
  }

  override async read(origin: string, from: number, entries: number): Promise<Page[]> {
    this.#reach();
    return super.read(origin, from, entries);
  }

  #reach(): void {
    if (this.isAway) throw new Error('connect ECONNREFUSED');
  }
}
