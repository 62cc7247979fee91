import { readVariable } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import { fuzz } from '../../libs/verifying/test/support/fuzzing.js';

/** `FUZZ_ARCHIVES=100000 FUZZ_SEED=7 npm run test:long -- test/long/fuzzed-archives` for more, or for others. */
const SEED = Number(readVariable('FUZZ_SEED') ?? 20_261_201);
const ARCHIVES = Number(readVariable('FUZZ_ARCHIVES') ?? 30_000);
/** Of the processor, for one archive. */
const MS_MAX = 10_000;
const TEST_MS_MAX = 3_600_000;

// Goal: no archive crashes the verifier, holds it up or passes unless it is the honest one. Method: bytes, files, JSON and names of honest
// archives are spoiled, bombs are laid, and parts are changed under commitments and a head that the log signed; each is verified once.
describe('fuzzed archives', () => {
  it(
    `get a verdict each, never PASS, and are read no more than their length allows (${ARCHIVES} of seed ${SEED})`,
    async () => {
      const { verdicts, faults, slowestMs } = await fuzz(SEED, ARCHIVES);
      process.stdout.write(`fuzzed archives: seed ${SEED}, ${JSON.stringify(verdicts)}, slowest ${Math.round(slowestMs)} ms\n`);
      expect(faults).toEqual([]);
      // Taking a part away leaves INCOMPLETE, and the spoiling reaches both of the others.
      expect(Object.keys(verdicts)).toEqual(expect.arrayContaining(['FAIL', 'UNREADABLE']));
      expect(slowestMs).toBeLessThan(MS_MAX);
    },
    TEST_MS_MAX,
  );
});
