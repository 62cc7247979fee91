import { type EngineDuty, type LotState, MAIN_NODE, owed } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import { JobBook } from '@app/platform/jobs';
import { runOf } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CALL_DUTIES, LotJobs } from './lot-jobs.js';
import { drawingLot, ORIGIN } from './test/drawing-lot.js';

// Never connected: rows are made without the database.
const sut = new LotJobs(new JobBook({ pool: new pg.Pool(), clock: new FakeClock(), silenceMs: 1 }));
const rows = (old: LotState | null, now: LotState) => sut.rows(old === null ? null : runOf(old), runOf(now));
const keys = (old: LotState | null, now: LotState): string[] => rows(old, now).map(([, name, key]) => `${name} ${key}`);

const UNTIL = '2026-04-01T00:00:00.000Z';
const withPublicity = (state: LotState, until = UNTIL): LotState => ({
  ...state,
  status: 'CANDIDATE_PUBLICITY',
  award: { ...state.award, publicity: { from: UNTIL, until, late: false, candidates: [] } },
});

describe('the jobs that entries bring', () => {
  it('are a wake-up at the limit that begins to run, and none for one that runs already', () => {
    const [before, after] = [drawingLot(0), withPublicity(drawingLot(0))];
    expect(rows(before, after).map(([, name, key, payload, runAt]) => [name, key, payload, runAt])).toEqual([
      ['lot:wake', `${ORIGIN}@${UNTIL}`, JSON.stringify({ origin: ORIGIN }), UNTIL],
    ]);
    expect(rows(after, { ...after, size: 8 })).toEqual([]);
    expect(keys(after, withPublicity(after, '2026-04-02T00:00:00.000Z'))).toEqual([`lot:wake ${ORIGIN}@2026-04-02T00:00:00.000Z`]);
  });

  it('are a call when it becomes the turn of an expert, and none while they are being called', () => {
    expect(keys({ ...drawingLot(2), draw: drawingLot(0).draw }, drawingLot(2))).toEqual([`expert:contact ${ORIGIN}@7`]);
    expect(keys(drawingLot(2), { ...drawingLot(2), size: 8 })).toEqual([]);
    expect(keys(drawingLot(2), drawingLot(2, ['c-1'], 8))).toEqual([`expert:contact ${ORIGIN}@8`]);
  });

  it('are no calls of a lot that is over or suspended, and one as soon as it goes on: as its engine says what the node owes', () => {
    const [drawing, over, suspended] = (['PUBLISHED', 'TERMINATED', 'SUSPENDED'] as const).map((status) => ({ ...drawingLot(2), status }));
    if (drawing === undefined || over === undefined || suspended === undefined) throw new Error('no lots');
    for (const still of [over, suspended]) {
      expect(owed(still, MAIN_NODE)).toEqual([]);
      expect([keys(null, still), keys(drawing, still)]).toEqual([[], []]);
    }
    expect(owed(drawing, MAIN_NODE).map(({ command }) => command)).toEqual(CALL_DUTIES.slice(0, 1));
    expect(keys(suspended, { ...drawing, size: 9 })).toEqual([`expert:contact ${ORIGIN}@9`]);
  });

  it('are a call where an engine says so, whatever today’s rules would say of the same lot', () => {
    const duty = { command: 'draw.record-contact', subject: 'c-1', notBefore: null, until: null };
    const calls = (state: LotState, duties: EngineDuty[]) => sut.rows(null, runOf(state, { owed: () => duties })).map(([, name]) => name);
    expect([calls(drawingLot(0), [duty]), calls(drawingLot(2), [])]).toEqual([['expert:contact'], []]);
  });
});
