import { FakeClock } from '@app/platform';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ReplicaListener } from '../replica/replicas.js';
import { Replica } from '../replica/replica.js';
import { ReplicaJudgements } from './replica-judgements.js';

const ORIGIN = 'test/lot/a/1';

describe('what a site knows of the entries under a head', () => {
  let clock: FakeClock;
  let listeners: Set<ReplicaListener>;
  let replica: {
    size: number;
    fault: string | null;
    standing: { size: number; fault: string | null; held: null };
    run: { engine: string; foundedUntil: string | null };
  };
  let sut: ReplicaJudgements;
  beforeEach(() => {
    clock = new FakeClock();
    listeners = new Set();
    replica = { size: 5, fault: null, standing: { size: 3, fault: null, held: null }, run: { engine: 'old', foundedUntil: null } };
    const listen = (listener: ReplicaListener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    sut = new ReplicaJudgements({ listen, find: (origin) => (origin === ORIGIN ? replica : undefined) }, clock);
  });
  const tell = (kind: 'folded' | 'broken'): void => {
    const told = Object.assign(Object.create(Replica.prototype) as Replica, { name: { origin: ORIGIN, lot: 'a', round: 1 } });
    for (const listener of [...listeners]) {
      if (kind === 'folded') listener.folded?.(told, [], undefined as never);
      else listener.broken?.(told, '');
    }
  };
  async function isOver(waiting: Promise<void>): Promise<boolean> {
    return Promise.race([waiting.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);
  }

  it('SEC-2 counts entries that are on disk and judged, and tells a fault first', () => {
    expect([sut.lack(ORIGIN, 3, null), sut.lack('test/lot/other/1', 9, null)]).toEqual([null, null]);
    expect(sut.lack(ORIGIN, 4, null)).toEqual({ isWrong: false, reason: '3 of these entries are here and judged' });
    replica.standing.fault = 'entry 1: forged';
    expect(sut.lack(ORIGIN, 3, null)).toEqual({ isWrong: true, reason: 'the entries under this head are not good: entry 1: forged' });
  });

  it('SEC-2 makes no lot old whose heads it did not see while its rules founded lots', () => {
    const now = clock.instant();
    const before = new Date(clock.nowMs() - 1).toISOString();
    replica.run.foundedUntil = before;
    const reason = `this witness first saw the log at ${now}, and old founds lots until ${before}`;
    expect([sut.lack(ORIGIN, 3, null), sut.lack(ORIGIN, 3, now)]).toEqual([
      { isWrong: true, reason },
      { isWrong: true, reason },
    ]);
    expect(sut.lack(ORIGIN, 3, before)).toBeNull();
    replica.run.foundedUntil = now;
    expect(sut.lack(ORIGIN, 3, null)).toBeNull();
  });

  it('waits until they are here', async () => {
    const waiting = sut.arrival(ORIGIN, 5);
    replica.standing.size = 4;
    tell('folded');
    expect(await isOver(waiting)).toBe(false);
    replica.standing.size = 5;
    tell('folded');
    expect([await isOver(waiting), listeners.size, clock.waiting]).toEqual([true, 0, 0]);
  });

  it('SEC-2 waits no longer once something is found wrong, nor for ever', async () => {
    const waiting = sut.arrival(ORIGIN, 5);
    replica.fault = 'another root';
    tell('broken');
    expect([await isOver(waiting), listeners.size, clock.waiting]).toEqual([true, 0, 0]);
    expect(await isOver(sut.arrival(ORIGIN, 5))).toBe(true);
    replica.fault = null;
    const late = sut.arrival(ORIGIN, 5);
    await clock.advance(2_000);
    expect([await isOver(late), listeners.size]).toEqual([true, 0]);
  });
});
