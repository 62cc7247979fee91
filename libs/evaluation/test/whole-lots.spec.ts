import { describe, expect, it } from '@jest/globals';
import { candidatesOf, resultOf, reviewResult } from '@app/evaluation';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { letterOf, type Play, playToTheEnd, seat } from '@app/testing/play';

const totals = (play: Play): Record<string, string> =>
  Object.fromEntries((resultOf(play.table.state)?.rows ?? []).map((row) => [letterOf(play, row.party), row.total]));

describe('whole lots, played by signed commands from the draft to the archive', () => {
  it('TV-E2E-01 tender law: D rejected 4:1, benchmark 9 210 150.00, candidates B, E, C', () => {
    const play = seat(TV_E2E_01);
    playToTheEnd(play, 'B');
    const { state } = play.table;
    expect(state.status).toBe('ARCHIVED');
    expect(state.faults).toEqual([]);
    const rejected = reviewResult(state)?.rejected ?? [];
    expect(rejected.map(({ bidder, items }) => [letterOf(play, bidder), items[0]?.fails, items[0]?.members])).toEqual([['D', 4, 5]]);
    expect(resultOf(state)?.benchmark?.price).toBe('9210150.00');
    expect(totals(play)).toEqual({ B: '92.87', E: '91.53', C: '90.88', G: '90.13', F: '89.33', A: '87.95' });
    expect(candidatesOf(state).map(({ party }) => letterOf(play, party))).toEqual(['B', 'E', 'C']);
    expect(letterOf(play, state.award.announced?.winner ?? '')).toBe('B');
  });

  it('TV-E2E-02 government procurement: the winner is C with 90.63 although dearest', () => {
    const play = seat(TV_E2E_02);
    playToTheEnd(play, 'C');
    const { state } = play.table;
    expect(state.status).toBe('ARCHIVED');
    expect(totals(play)).toEqual({ C: '90.63', A: '89.21', B: '86.43' });
    expect(letterOf(play, state.award.announced?.winner ?? '')).toBe('C');
    expect(state.award.announced?.price).toBe('1200000.00');
  });
});
