import type { ScoreItem } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cellState,
  filledCount,
  isComplete,
  moved,
  newGrid,
  normalised,
  restored,
  scoredBidders,
  sheetOf,
  totalOf,
  undone,
  withText,
  type ScoreGrid,
} from './score-grid.js';

const item = (id: string, more: Partial<ScoreItem> = {}): ScoreItem => ({
  id,
  part: 'technical',
  title: id,
  min: '0',
  max: '30',
  step: '0.5',
  objective: false,
  ...more,
});
const ITEMS = [item('plan'), item('team', { max: '10', step: '1' })];
const grid = newGrid(ITEMS, ['bidder-1', 'bidder-2', 'bidder-3']);
const filled = (): ScoreGrid =>
  grid.bidders.reduce((now, bidder) => withText(withText(now, bidder, 'plan', '25.5'), bidder, 'team', '8'), grid);

describe('the scoring desk', () => {
  it.each([
    ['25', 'draft'],
    ['25.5', 'draft'],
    ['25.', 'draft'],
    ['025', 'draft'],
    ['25.25', 'bad'],
    ['30.5', 'bad'],
    ['.', 'bad'],
    ['', 'empty'],
  ])('takes a value inside its range and on its step only: %s is %s', (text, state) => {
    expect(cellState(withText(grid, 'bidder-1', 'plan', text), 'bidder-1', ITEMS[0] ?? item('plan'))).toBe(state);
  });

  it('drops what no score has and reads the Chinese full stop as a decimal point', () => {
    expect(withText(grid, 'bidder-1', 'plan', '-2a5。5 ').cells).toEqual({ 'bidder-1/plan': '25.5' });
  });

  it('writes one form of each value', () => {
    expect(normalised('08.50')).toBe('8.5');
    expect(normalised('8.')).toBe('8');
    expect(normalised('1e3')).toBeNull();
    expect(normalised('')).toBeNull();
  });

  it('moves by arrows without leaving the table, and by Enter to the next bidder and then the next criterion', () => {
    expect(moved(grid, { row: 0, column: 0 }, 'ArrowLeft')).toEqual({ row: 0, column: 0 });
    expect(moved(grid, { row: 0, column: 0 }, 'ArrowDown')).toEqual({ row: 1, column: 0 });
    expect(moved(grid, { row: 0, column: 1 }, 'Enter')).toEqual({ row: 0, column: 2 });
    expect(moved(grid, { row: 0, column: 2 }, 'Enter')).toEqual({ row: 1, column: 0 });
    expect(moved(grid, { row: 1, column: 2 }, 'Enter')).toEqual({ row: 1, column: 2 });
    expect(moved(grid, { row: 0, column: 0 }, 'a')).toBeNull();
  });

  it('undoes every change back to the empty table', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('bidder-1', 'bidder-2'), fc.constantFrom('plan', 'team'), fc.stringMatching(/^[0-9.]{0,4}$/)), {
          maxLength: 30,
        }),
        (typed) => {
          let now = typed.reduce((before, [bidder, id, text]) => withText(before, bidder, id, text), grid);
          for (let step = typed.length; step > 0; step -= 1) now = undone(now);
          expect(now.cells).toEqual({});
        },
      ),
    );
  });

  it('adds exactly and counts only good values', () => {
    const now = withText(withText(grid, 'bidder-1', 'plan', '0.5'), 'bidder-1', 'team', '11');
    expect(totalOf(now, 'bidder-1')).toBe('0.50');
    expect(totalOf(now, 'bidder-2')).toBeNull();
    expect(filledCount(now)).toBe(1);
  });

  it('gives a sheet only when every cell is good', () => {
    expect(() => sheetOf(grid)).toThrow('not complete');
    expect(isComplete(filled())).toBe(true);
    expect(sheetOf(filled()).bids['bidder-2']).toEqual({ plan: '25.5', team: '8' });
    expect(() => sheetOf(withText(filled(), 'bidder-3', 'team', '11'))).toThrow('not complete');
  });

  it('comes back as it was kept, without what is no cell of it any more', () => {
    const back = restored(grid, { ...filled().cells, 'bidder-9/plan': '5', 'bidder-1/team': '1x' });
    expect(back.cells).toEqual({ ...filled().cells, 'bidder-1/team': '1' });
    expect(scoredBidders(withText(back, 'bidder-2', 'plan', '31'))).toEqual(['bidder-1', 'bidder-3']);
  });
});
