/** Where the pages of a document stand below each other. Pure; lengths in CSS pixels. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}
export interface PageLayout {
  /** Upper edge of each page, page 1 first. */
  readonly tops: readonly number[];
  readonly heights: readonly number[];
  readonly total: number;
}

export const PAGE_GAP = 12;
/** Pages that are drawn at the same time: what a seat's memory and a reader's eye can hold. */
export const LIVE_PAGES_MAX = 6;
/** A page whose size is not known yet is taken for an upright A4. */
const A4: PageSize = { width: 595, height: 842 };

/** Every page as wide as `widthOf` says; sizes that are not known yet are those of the first page. */
export function layoutOf(count: number, sizes: ReadonlyMap<number, PageSize>, widthOf: (size: PageSize) => number): PageLayout {
  const tops: number[] = [];
  const heights: number[] = [];
  let at = PAGE_GAP;
  for (let page = 1; page <= count; page += 1) {
    const size = sizes.get(page) ?? sizes.get(1) ?? A4;
    const height = Math.round((size.height / size.width) * widthOf(size));
    tops.push(at);
    heights.push(height);
    at += height + PAGE_GAP;
  }
  return { tops, heights, total: at };
}

/** The page that stands at this height; the nearest one above or below the document. */
export function pageAt({ tops }: PageLayout, y: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** Pages to draw: those in sight, then the one after and the one before them; at most {@link LIVE_PAGES_MAX}. */
export function livePages(layout: PageLayout, top: number, height: number, max = LIVE_PAGES_MAX): number[] {
  const count = layout.tops.length;
  if (count === 0) return [];
  const first = pageAt(layout, top);
  const last = Math.min(pageAt(layout, top + height), first + max - 1);
  const seen = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const around = [last + 1, first - 1].filter((page) => page >= 1 && page <= count);
  return [...seen, ...around].slice(0, max).sort((a, b) => a - b);
}
