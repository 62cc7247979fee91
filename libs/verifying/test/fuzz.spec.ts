import { describe, expect, it } from '@jest/globals';
import { fuzz } from './support/fuzzing.js';

/** Fixed, so that a failure can be repeated; the long tier (test/long) verifies many times as many. */
const SEED = 20_261_130;
const ARCHIVES = 250;
/** Of the processor, for one archive. */
const MS_MAX = 5_000;
const TEST_MS_MAX = 120_000;

describe('a fuzzed archive', () => {
  it(
    `gets a verdict, never PASS, and is read no more than its length allows (seed ${SEED})`,
    async () => {
      const { verdicts, faults, slowestMs } = await fuzz(SEED, ARCHIVES);
      expect(faults).toEqual([]);
      // Some are no archives at all, and some are: else the fuzzing would reach one half of the verifier only.
      expect(Object.keys(verdicts).sort()).toEqual(['FAIL', 'UNREADABLE']);
      expect(slowestMs).toBeLessThan(MS_MAX);
    },
    TEST_MS_MAX,
  );
});
