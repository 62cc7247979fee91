import { decimal, fixed, isGoodValue, pointsOf, sum, type ScoreItem } from '@app/evaluation';

/** A score sheet being written: what is typed in each cell, and the way back. Pure; nothing leaves it before it is sealed. */
export interface ScoreGrid {
  readonly items: readonly ScoreItem[];
  readonly bidders: readonly string[];
  /** Text as typed, by {@link cellKey}; no key: empty. */
  readonly cells: Readonly<Record<string, string>>;
  /** Earlier `cells`, newest last. */
  readonly past: readonly Readonly<Record<string, string>>[];
}
export interface Place {
  readonly row: number;
  readonly column: number;
}
export type CellState = 'empty' | 'draft' | 'bad';

const UNDO_MAX = 200;
const TEXT_SIZE_MAX = 12;

const cellKey = (bidder: string, item: string): string => `${bidder}/${item}`;
export const newGrid = (items: readonly ScoreItem[], bidders: readonly string[]): ScoreGrid => ({ items, bidders, cells: {}, past: [] });
/** The grid with what was kept of it, where there are such cells still. */
export function restored(grid: ScoreGrid, cells: Readonly<Record<string, string>>): ScoreGrid {
  return grid.bidders.reduce(
    (now, bidder) => grid.items.reduce((so, { id }) => withText(so, bidder, id, cells[cellKey(bidder, id)] ?? ''), now),
    grid,
  );
}
export const textIn = (grid: ScoreGrid, bidder: string, item: string): string => grid.cells[cellKey(bidder, item)] ?? '';

/** A value as the wire wants it: `08.50` → `8.5`; null for what is no decimal. */
export function normalised(text: string): string | null {
  const trimmed = text.trim();
  if (!/^\d{1,9}(\.\d{0,4})?$/.test(trimmed)) return null;
  return decimal(trimmed.replace(/\.$/, '')).toFixed();
}

export function cellState(grid: ScoreGrid, bidder: string, item: ScoreItem): CellState {
  const text = textIn(grid, bidder, item.id);
  if (text === '') return 'empty';
  return isGoodValue(item, normalised(text)) ? 'draft' : 'bad';
}

/** The grid after typing. Characters that no score has are dropped; a full stop of the Chinese keyboard counts as a decimal point. */
export function withText(grid: ScoreGrid, bidder: string, item: string, text: string): ScoreGrid {
  const clean = text
    .replaceAll('。', '.')
    .replaceAll('．', '.')
    .replace(/[^\d.]/g, '')
    .slice(0, TEXT_SIZE_MAX);
  const key = cellKey(bidder, item);
  if ((grid.cells[key] ?? '') === clean) return grid;
  const others = Object.fromEntries(Object.entries(grid.cells).filter(([name]) => name !== key));
  return { ...grid, cells: clean === '' ? others : { ...others, [key]: clean }, past: [...grid.past, grid.cells].slice(-UNDO_MAX) };
}

/** One step back; the same grid when there is none. */
export function undone(grid: ScoreGrid): ScoreGrid {
  const before = grid.past.at(-1);
  return before === undefined ? grid : { ...grid, cells: before, past: grid.past.slice(0, -1) };
}

/** Where a key leads; null for a key that does not move. Enter goes to the next bidder, then to the next criterion. */
export function moved(grid: ScoreGrid, from: Place, key: string): Place | null {
  const rows = grid.items.length;
  const columns = grid.bidders.length;
  const inside = ({ row, column }: Place): Place => ({
    row: Math.min(Math.max(row, 0), rows - 1),
    column: Math.min(Math.max(column, 0), columns - 1),
  });
  switch (key) {
    case 'ArrowUp':
      return inside({ ...from, row: from.row - 1 });
    case 'ArrowDown':
      return inside({ ...from, row: from.row + 1 });
    case 'ArrowLeft':
      return inside({ ...from, column: from.column - 1 });
    case 'ArrowRight':
      return inside({ ...from, column: from.column + 1 });
    case 'Enter':
      return from.column + 1 < columns
        ? { ...from, column: from.column + 1 }
        : inside({ row: from.row + 1, column: from.row + 1 < rows ? 0 : from.column });
    default:
      return null;
  }
}

/** What a bidder's good values are worth together, exact; null while none is filled. */
export function totalOf(grid: ScoreGrid, bidder: string): string | null {
  const points = grid.items
    .filter((item) => cellState(grid, bidder, item) === 'draft')
    .map((item) => pointsOf(item, normalised(textIn(grid, bidder, item.id)) ?? '0'));
  return points.length === 0 ? null : fixed(sum(points));
}

export const filledCount = (grid: ScoreGrid): number =>
  grid.bidders.reduce((count, bidder) => count + grid.items.filter((item) => cellState(grid, bidder, item) === 'draft').length, 0);

/** Bidders of whom every criterion has a good value. */
export const scoredBidders = (grid: ScoreGrid): string[] =>
  grid.bidders.filter((bidder) => grid.items.every((item) => cellState(grid, bidder, item) === 'draft'));

export const cellCount = (grid: ScoreGrid): number => grid.items.length * grid.bidders.length;
export const isComplete = (grid: ScoreGrid): boolean => cellCount(grid) > 0 && filledCount(grid) === cellCount(grid);

/** Content of the box (`zScoreSheet`); throws while a cell is empty or bad. */
export function sheetOf(grid: ScoreGrid): { v: 1; bids: Record<string, Record<string, string>> } {
  if (!isComplete(grid)) throw new Error('the sheet is not complete');
  const itemsOf = (bidder: string): Record<string, string> =>
    Object.fromEntries(grid.items.map((item) => [item.id, normalised(textIn(grid, bidder, item.id)) ?? '']));
  return { v: 1, bids: Object.fromEntries(grid.bidders.map((bidder) => [bidder, itemsOf(bidder)])) };
}
