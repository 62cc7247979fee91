import { describe, expect, it } from '@jest/globals';
import { bestSample, offsetMs, roundTripMs } from './clock-sample.js';

const sample = (sentMs: number, receivedMs: number, serverMs: number) => ({ sentMs, receivedMs, serverMs });

describe('the venue clock', () => {
  it('A-97 takes the answer as from the middle of the round trip', () => {
    expect(offsetMs(sample(1_000, 1_200, 5_100))).toBe(4_000);
    expect(offsetMs(sample(5_000, 5_000, 3_000))).toBe(-2_000);
  });

  it('trusts the quickest round trip', () => {
    const slow = sample(0, 900, 10_000);
    const quick = sample(1_000, 1_020, 11_000);
    expect(bestSample([slow, quick, sample(0, 100, 1)])).toBe(quick);
    expect(roundTripMs(quick)).toBe(20);
  });

  it('has no best of none', () => {
    expect(bestSample([])).toBeNull();
  });
});
