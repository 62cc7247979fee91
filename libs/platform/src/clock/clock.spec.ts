import { describe, expect, it, jest } from '@jest/globals';
import { SystemClock } from './clock.js';
import { FakeClock } from './fake-clock.js';

const DAY_MS = 86_400_000;

describe('SystemClock', () => {
  it('waits for limits further away than Node can time in one piece (B-004: twenty days and more)', () => {
    jest.useFakeTimers();
    try {
      const clock = new SystemClock();
      const fired = jest.fn();
      clock.after(60 * DAY_MS, fired);
      jest.advanceTimersByTime(59 * DAY_MS);
      expect(fired).not.toHaveBeenCalled();
      jest.advanceTimersByTime(DAY_MS);
      expect(fired).toHaveBeenCalledTimes(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not fire once it is cancelled, and cancelling twice is harmless', () => {
    jest.useFakeTimers();
    try {
      const fired = jest.fn();
      const cancel = new SystemClock().after(60 * DAY_MS, fired);
      jest.advanceTimersByTime(40 * DAY_MS);
      cancel();
      cancel();
      jest.advanceTimersByTime(40 * DAY_MS);
      expect(fired).not.toHaveBeenCalled();
    } finally {
      jest.useRealTimers();
    }
  });

  it('fires at an instant that is past already at the next turn, and refuses what is no instant', async () => {
    const clock = new SystemClock();
    await new Promise<void>((resolve) => {
      clock.at('2020-01-01T00:00:00.000Z', resolve);
    });
    expect(() => clock.at('tomorrow', () => undefined)).toThrow(RangeError);
  });
});

describe('FakeClock', () => {
  it('fires timers in order of time, each at its own instant', async () => {
    const clock = new FakeClock('2026-03-24T01:30:00.000Z');
    const seen: string[] = [];
    clock.after(2_000, () => seen.push(`b ${clock.instant()}`));
    clock.after(1_000, () => {
      seen.push(`a ${clock.instant()}`);
      clock.after(500, () => seen.push(`c ${clock.instant()}`));
    });
    await clock.advance(5_000);
    expect(seen).toEqual(['a 2026-03-24T01:30:01.000Z', 'c 2026-03-24T01:30:01.500Z', 'b 2026-03-24T01:30:02.000Z']);
    expect(clock.instant()).toBe('2026-03-24T01:30:05.000Z');
  });

  it('repeats what comes again and again until it is cancelled, also from within', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    const cancel = clock.every(1_000, () => seen.push(clock.instant().slice(17, 19)));
    let count = 0;
    const cancelSelf = clock.every(700, () => {
      count += 1;
      if (count === 2) cancelSelf();
    });
    await clock.advance(3_500);
    expect([seen, count]).toEqual([['01', '02', '03'], 2]);
    cancel();
    await clock.advance(5_000);
    expect([seen.length, clock.waiting]).toEqual([3, 0]);
  });

  it('forgets a cancelled timer', async () => {
    const clock = new FakeClock();
    const fired = jest.fn();
    clock.after(10, fired)();
    expect(clock.waiting).toBe(0);
    await clock.advance(100);
    expect(fired).not.toHaveBeenCalled();
  });
});
