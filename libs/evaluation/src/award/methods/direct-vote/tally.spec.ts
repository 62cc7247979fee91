import { describe, expect, it } from '@jest/globals';
import { tally } from './tally.js';
import fc from 'fast-check';

const ballots = (votes: Record<string, number>): string[] =>
  Object.entries(votes).flatMap(([name, count]) => Array<string>(count).fill(name));

describe('direct vote (直接票决)', () => {
  it('TV-AW-01 A-168 four of seven votes win in the first round', () => {
    expect(tally(['A', 'B', 'C'], ballots({ A: 4, B: 2, C: 1 }), 7)).toEqual({ votes: { A: 4, B: 2, C: 1 }, outcome: { winner: 'A' } });
  });
  it('TV-AW-02 A-168 three and three go to a run-off, which B wins', () => {
    expect(tally(['A', 'B', 'C'], ballots({ A: 3, B: 3, C: 1 }), 7).outcome).toEqual({ runOff: ['A', 'B'] });
    expect(tally(['A', 'B'], ballots({ A: 3, B: 4 }), 7).outcome).toEqual({ winner: 'B' });
  });
  it('all tied for second join the run-off', () => {
    expect(tally(['A', 'B', 'C', 'D'], ballots({ A: 3, B: 2, C: 2 }), 7).outcome).toEqual({ runOff: ['A', 'B', 'C'] });
  });
  it('an abstention counts for nobody and does not lower the bar', () => {
    expect(tally(['A', 'B'], ['A', 'A', null, null, null], 5).outcome).toEqual({ runOff: ['A', 'B'] });
  });
  it('an odd committee without abstention decides between two candidates', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }), (half, coins) => {
        const members = half * 2 + 1;
        const choices = coins.slice(0, members).map((coin) => (coin ? 'A' : 'B'));
        expect(tally(['A', 'B'], choices, members).outcome).toHaveProperty('winner');
      }),
    );
  });
});
