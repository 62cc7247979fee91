import { describe, expect, it } from '@jest/globals';
import { correctionOf, MasterClock } from './master-clock.js';

describe('the clock of a replay', () => {
  it('runs at its rate from where it stands, and stands while it is stopped', () => {
    let now = 0;
    const clock = new MasterClock(1_000, () => now);
    now = 500;
    expect([clock.atMs, clock.isRunning]).toEqual([1_000, false]);
    clock.run();
    now = 700;
    expect(clock.atMs).toBe(1_200);
    clock.setRate(4);
    now = 800;
    expect(clock.atMs).toBe(1_600);
    clock.stop();
    now = 5_000;
    expect(clock.atMs).toBe(1_600);
    clock.run();
    clock.seek(60_000);
    now = 5_100;
    expect([clock.atMs, clock.rate, clock.isRunning]).toEqual([60_400, 4, true]);
  });

  it.each<[number, number, boolean, number]>([
    [0.02, 1, false, 1],
    [0.1, 1, false, 0.95],
    [-0.1, 1, false, 1.05],
    [0.31, 1, true, 1],
    [-0.31, 1, true, 1],
    [-0.5, 2, false, 2.1],
    [0.02, 0.5, false, 0.475],
  ])('brings a picture that is %d s off back to it at %d×', (drift, rate, jumps, expected) => {
    const correction = correctionOf(drift, rate);
    expect(correction.jumps).toBe(jumps);
    expect(correction.rate).toBeCloseTo(expected, 6);
  });
});
