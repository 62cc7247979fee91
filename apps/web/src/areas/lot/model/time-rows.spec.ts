import { canonicalText, type JsonValue, type LotEvent, type SentEntry } from '@app/contracts';
import { SLICES } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { timeRows } from './time-rows.js';

function entry(seq: number, at: string, events: JsonValue | null): SentEntry {
  const parts: SentEntry['parts'] = events === null ? {} : { skeleton: { salt: 'A'.repeat(43), text: canonicalText({ events }) } };
  return { header: { v: 1, seq, at, type: 'scoring.submit-sheet', parts: {} }, parts };
}
/** An event of the rules: one that no slice makes, or another shape of it, ends the test. */
function told(event: LotEvent): LotEvent {
  const rule = SLICES.map(({ events }) => events[event.type]).find((known) => known !== undefined);
  expect([event.type, rule?.fault(event)]).toEqual([event.type, null]);
  return event;
}
const acted = (party: string): JsonValue => ({ type: 'entry.acted', party });

describe('rows of the time line', () => {
  it('stand newest first and name who acted and what it is about', () => {
    const rows = timeRows([
      entry(0, '2026-03-24T01:30:00.000Z', [acted('tenderer')]),
      entry(1, '2026-03-24T01:31:00.000Z', [
        acted('expert-1'),
        told({ type: 'scoring.sheet-submitted', member: 'expert-1', part: 'technical', manifest: {} }),
      ]),
    ]);
    expect(rows.map((row) => [row.seq, row.party, row.about])).toEqual([
      [1, 'expert-1', 'scores:technical'],
      [0, 'tenderer', null],
    ]);
  });

  it('opens a day at its newest entry, by the Beijing calendar', () => {
    const rows = timeRows([
      entry(0, '2026-03-23T15:59:59.000Z', []),
      entry(1, '2026-03-23T16:00:00.000Z', []),
      entry(2, '2026-03-24T02:00:00.000Z', []),
    ]);
    expect(rows.map((row) => row.opensDay)).toEqual(['2026-03-24', null, '2026-03-23']);
  });

  it('says that an entry is hidden when its skeleton is not shown to this reader', () => {
    expect(timeRows([entry(0, '2026-03-24T01:30:00.000Z', null)])[0]).toMatchObject({ isHidden: true, party: null });
  });

  it('bears a skeleton of another shape', () => {
    expect(timeRows([entry(0, '2026-03-24T01:30:00.000Z', 'nothing')])[0]).toMatchObject({ isHidden: false, party: null, about: null });
  });
});
