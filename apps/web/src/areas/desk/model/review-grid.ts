import type { RejectionGround } from '@app/evaluation';

/** A review sheet being written: pass or fail for each bid and item; a fail with its legal ground and reason. Pure. */
export type Mark = { readonly pass: true } | { readonly pass: false; readonly ground: RejectionGround | ''; readonly reason: string };
export interface ReviewGrid {
  readonly items: readonly { readonly id: string; readonly title: string; readonly kind: string }[];
  readonly bidders: readonly string[];
  readonly marks: Readonly<Record<string, Mark>>;
}

const markKey = (bidder: string, item: string): string => `${bidder}/${item}`;
export const newReview = (items: ReviewGrid['items'], bidders: readonly string[]): ReviewGrid => ({ items, bidders, marks: {} });
export const markOf = (grid: ReviewGrid, bidder: string, item: string): Mark | undefined => grid.marks[markKey(bidder, item)];

/** The grid with what was kept of it, where there are such cells still. */
export const restoredReview = (grid: ReviewGrid, marks: ReviewGrid['marks']): ReviewGrid => ({
  ...grid,
  marks: Object.fromEntries(
    grid.bidders.flatMap((bidder) =>
      grid.items.flatMap(({ id }) => {
        const mark = marks[markKey(bidder, id)];
        return mark === undefined ? [] : [[markKey(bidder, id), mark]];
      }),
    ),
  ),
});

/** Sets or clears (null) a mark; setting a fail again keeps its ground and reason. */
export function withMark(grid: ReviewGrid, bidder: string, item: string, pass: boolean | null): ReviewGrid {
  const key = markKey(bidder, item);
  const others = Object.fromEntries(Object.entries(grid.marks).filter(([name]) => name !== key));
  if (pass === null) return { ...grid, marks: others };
  const before = grid.marks[key];
  const fail: Mark = before?.pass === false ? before : { pass: false, ground: '', reason: '' };
  return { ...grid, marks: { ...others, [key]: pass ? { pass: true } : fail } };
}

/** Ground and reason of a fail; nothing for a mark that is none. */
export function withGround(
  grid: ReviewGrid,
  bidder: string,
  item: string,
  change: { ground?: RejectionGround | ''; reason?: string },
): ReviewGrid {
  const key = markKey(bidder, item);
  const before = grid.marks[key];
  if (before?.pass !== false) return grid;
  return { ...grid, marks: { ...grid.marks, [key]: { ...before, ...change } } };
}

const cells = (grid: ReviewGrid): { bidder: string; item: string }[] =>
  grid.bidders.flatMap((bidder) => grid.items.map(({ id }) => ({ bidder, item: id })));

/** Marks everything that is open as passed: the common case is one press. */
export const withRestPassed = (grid: ReviewGrid): ReviewGrid =>
  cells(grid).reduce((now, { bidder, item }) => (markOf(now, bidder, item) === undefined ? withMark(now, bidder, item, true) : now), grid);

const isWhole = (mark: Mark | undefined): boolean => mark !== undefined && (mark.pass || (mark.ground !== '' && mark.reason.trim() !== ''));
/** Cells that are open, and fails without ground or reason. */
export const openCount = (grid: ReviewGrid): number =>
  cells(grid).filter(({ bidder, item }) => !isWhole(markOf(grid, bidder, item))).length;
/** Bidders of whom nothing is open. */
export const reviewedInFull = (grid: ReviewGrid): string[] =>
  grid.bidders.filter((bidder) => grid.items.every(({ id }) => isWhole(markOf(grid, bidder, id))));
export const fails = (grid: ReviewGrid): { bidder: string; item: string }[] =>
  cells(grid).filter(({ bidder, item }) => markOf(grid, bidder, item)?.pass === false);

type Entry = { pass: true } | { pass: false; ground: string; reason: string };
/** Content of the box (评审表); throws while something is open. */
export function reviewSheetOf(grid: ReviewGrid): { v: 1; bids: Record<string, Record<string, Entry>> } {
  if (cells(grid).length === 0 || openCount(grid) > 0) throw new Error('the sheet is not complete');
  const entry = (mark: Mark | undefined): Entry =>
    mark?.pass === false ? { pass: false, ground: mark.ground, reason: mark.reason.trim().normalize('NFC') } : { pass: true };
  const bids = grid.bidders.map(
    (bidder) => [bidder, Object.fromEntries(grid.items.map(({ id }) => [id, entry(markOf(grid, bidder, id))]))] as const,
  );
  return { v: 1, bids: Object.fromEntries(bids) };
}
