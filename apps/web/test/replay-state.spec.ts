import { LotRun } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { Runs } from '../src/areas/watch/model/runs.js';

const { table } = at(TV_E2E_01, 'evaluating');
const { entries, shelf } = table;
const { origin, lot, round } = table.state;
const sut = new Runs(LotRun.begin(shelf, { origin, lot, round }), entries, (entry) => entry);
const timeOf = (seq: number): number => Date.parse(entries[seq]?.header.at ?? '');

describe('the state of a lot at a second', () => {
  it('is what its entries up to then say, whichever second is asked first', () => {
    const last = timeOf(entries.length - 1);
    expect(sut.countAt(last)).toBe(entries.length);
    expect(sut.after(entries.length).state).toEqual(table.state);
    const published = entries.findIndex(({ header }) => header.type === 'lot.publish');
    expect(sut.countAt(timeOf(published) - 1)).toBeLessThanOrEqual(published);
    expect([sut.after(published).state.status, sut.after(published + 1).state.status]).toEqual(['DRAFT', 'PUBLISHED']);
    expect(sut.after(0).state.status).toBe('DRAFT');
    expect(sut.countAt(timeOf(0) - 1)).toBe(0);
  });
});
