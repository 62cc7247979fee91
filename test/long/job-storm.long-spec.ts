import { describe, expect, it } from '@jest/globals';
import { stormJobs } from '../bench/lib/job-storm.js';

const JOBS = 1_500;
const TEST_MS_MAX = 240_000;

// Goal: no job is lost and none has its effect twice. Method: two worker processes and a Redis with an append-only file; each worker and
// Redis is killed (SIGKILL) while jobs become due, and started again. Effects are rows that nothing keeps from being written twice.
describe('jobs under kill -9', () => {
  it(
    'lose nothing and do nothing twice when workers and Redis are killed',
    async () => {
      const { lost, twice, begunAgain } = await stormJobs(JOBS);
      expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
      // Else the storm hit nothing, and the test shows nothing.
      expect(begunAgain).toBeGreaterThan(0);
    },
    TEST_MS_MAX,
  );
});
