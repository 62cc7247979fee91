import type { SentEntry } from '@app/contracts';
import { FakeClock } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import { judgeOf, silent, TestLog } from '../../test/support.js';
import { Fold } from './fold.js';

const LOT = { origin: 'test/lot/a/1', lot: 'a', round: 1 };

/** Lets so many seconds pass, and what they set going come to its end. */
async function seconds(clock: FakeClock, count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) {
    await clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the fold of a lot', () => {
  it('goes on by itself when the disk it reads from was away, and not after it was closed', async () => {
    const clock = new FakeClock();
    const { entries } = new TestLog(LOT.origin).append(4);
    let isAway = true;
    const read = (from: number): Promise<SentEntry[]> =>
      isAway ? Promise.reject(new Error('connect ECONNREFUSED')) : Promise.resolve(entries.slice(from));
    const sut = new Fold(
      () => judgeOf(LOT.origin),
      LOT.origin,
      read,
      () => entries.length,
      () => undefined,
      clock,
      silent,
    );
    sut.soon();
    await seconds(clock, 5);
    expect(sut.run.size).toBe(0);
    isAway = false;
    await seconds(clock, 2);
    expect(sut.run.size).toBe(4);
    isAway = true;
    sut.soon();
    sut.close();
    expect(clock.waiting).toBe(0);
  });

  it('ends where the log goes on under an engine that is not here, and says so once', async () => {
    const { entries } = new TestLog(LOT.origin).appendFounding('gongping-engine/9.9.9@00').append(3);
    const sut = new Fold(
      () => judgeOf(LOT.origin),
      LOT.origin,
      (from, limit) => Promise.resolve(entries.slice(from, from + limit)),
      () => entries.length,
      () => undefined,
      new FakeClock(),
      silent,
    );
    for (const again of [() => sut.settle(), () => sut.settle(), () => sut.again()]) {
      await again();
      expect([sut.run.size, sut.run.missing, sut.standing.size]).toEqual([0, { seq: 0, engine: 'gongping-engine/9.9.9@00' }, 1]);
      expect(sut.standing.fault).not.toBeNull();
    }
  });
});
