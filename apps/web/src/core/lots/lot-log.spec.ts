import { canonicalText, type SentEntry, visibleEntry } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyLog, missingFrom, withEntries, type Folding } from './lot-log.js';

const entry = (seq: number, text = canonicalText({ events: [] })): SentEntry => ({
  header: { v: 1, seq, at: `2026-03-24T01:30:${String(seq).padStart(2, '0')}.000Z`, type: 'lot.note', parts: {} },
  parts: { skeleton: { salt: 'A'.repeat(43), text } },
});
/** Folds to the list of numbers seen; status changes every three entries. */
const folding: Folding<readonly number[]> = {
  evolve: (seen, visible) => [...seen, visible.header.seq],
  statusOf: (seen) => `S${Math.floor((seen.length - 1) / 3)}`,
};

describe('the log of a lot in the browser', () => {
  it('folds entries in their order whatever order and overlap they arrive in', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(11), { maxLength: 6 }), { maxLength: 12 }), (chunks) => {
        let log = emptyLog<readonly number[]>([]);
        for (const chunk of [...chunks, Array.from({ length: 12 }, (_, index) => index)])
          log = withEntries(
            log,
            chunk.map((seq) => entry(seq)),
            folding,
          );
        expect(log.state).toEqual(Array.from({ length: 12 }, (_, index) => index));
        expect(missingFrom(log)).toBeNull();
      }),
    );
  });

  it('waits at a gap and says where it begins', () => {
    const log = withEntries(emptyLog<readonly number[]>([]), [entry(0), entry(1), entry(3)], folding);
    expect(log.state).toEqual([0, 1]);
    expect(missingFrom(log)).toBe(2);
  });

  it('A-204 notes when each stage was entered', () => {
    const log = withEntries(
      emptyLog<readonly number[]>([]),
      [0, 1, 2, 3, 4].map((seq) => entry(seq)),
      folding,
    );
    expect(log.stages.map((stage) => [stage.status, stage.seq])).toEqual([
      ['S0', 0],
      ['S1', 3],
    ]);
  });

  it('does not read a part whose text is not canonical', () => {
    expect(visibleEntry(entry(0, '{"b":1, "a":2}')).parts).toEqual({});
    expect(visibleEntry(entry(0, '{"a":2}')).parts).toEqual({ skeleton: { a: 2 } });
  });

  it('leaves the log it was given as it was', () => {
    const before = withEntries(emptyLog<readonly number[]>([]), [entry(0)], folding);
    withEntries(before, [entry(1)], folding);
    expect(before.entries).toHaveLength(1);
    expect(before.state).toEqual([0]);
  });
});
