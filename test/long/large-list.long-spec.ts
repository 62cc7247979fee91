import { readVariable } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import { FAULT_EVERY, importPeople } from '../bench/lib/import-list.js';

/** A million takes too long for every day: `IMPORT_LINES=1000000 npm run test:long -- test/long/large-list`. */
const LINES = Number(readVariable('IMPORT_LINES') ?? 200_000);
/** What the process takes for it beyond what it takes for itself, however long the list is. */
const GROWTH_MIB_MAX = 400;
const TEST_MS_MAX = 3_600_000;

// Goal: a list of any length is taken in by the real job, in bounded memory, and every bad line is told. Method: a booted main venue of
// its own process is handed a list over HTTP that is written while it is sent; two lines of a thousand are bad.
describe('a long list of people', () => {
  it(
    'is taken in by the job, and its bad lines are told, in memory that does not grow with it',
    async () => {
      const { list, faults, took, memory } = await importPeople(LINES);
      const growthMib = memory.memoryMib - memory.idleMib;
      const rate = Math.round(LINES / took);
      process.stdout.write(`large list: ${LINES} lines in ${Math.round(took)} s, ${rate}/s, ${Math.round(growthMib)} MiB more\n`);
      const bad = (2 * LINES) / FAULT_EVERY;
      expect(list).toMatchObject({ state: 'done', lines: LINES, changed: LINES - bad, unchanged: 0, faults: bad });
      expect(faults.slice(0, 4)).toMatchObject([
        { line: 3, column: 'name' },
        { line: 5, column: 'id', code: 'E_LIST_TWICE' },
        { line: FAULT_EVERY + 3, column: 'name' },
        { line: FAULT_EVERY + 5, column: 'id', code: 'E_LIST_TWICE' },
      ]);
      expect(growthMib).toBeLessThan(GROWTH_MIB_MAX);
    },
    TEST_MS_MAX,
  );
});
