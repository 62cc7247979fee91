/** Search over the text of pages. Pure. */

/** A run of text on a page, as pdf.js gives it; lengths in points of the page. */
export interface TextRun {
  readonly str: string;
  readonly width: number;
  readonly height: number;
  /** Matrix; the last two are where the run's baseline begins. */
  readonly transform: readonly number[];
}
export interface Hit {
  readonly page: number;
  /** Which hit of its page, from 0. */
  readonly index: number;
}
/** Where a hit or a piece of one stands on its page, in points from the lower left. */
export interface HitPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Text as it is compared: compatibility forms are one (full-width digits, ligatures), letters are small, and there are no spaces, since a run of
 * a PDF ends wherever its program pleased.
 */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Where a text stands in a folded page, one after the other. */
export function hitsIn(page: string, query: string): number[] {
  const found: number[] = [];
  if (query === '') return found;
  for (let at = page.indexOf(query); at >= 0; at = page.indexOf(query, at + query.length)) found.push(at);
  return found;
}

/** The folded text of a page's runs. */
export const foldedPage = (runs: readonly TextRun[]): string => runs.map(({ str }) => folded(str)).join('');

/** Where the hits of a query stand: for each hit the pieces of runs that it covers. A piece's width is the run's share by characters. */
export function hitPlaces(runs: readonly TextRun[], query: string): HitPlace[][] {
  const texts = runs.map(({ str }) => folded(str));
  const starts: number[] = [];
  let size = 0;
  for (const text of texts) {
    starts.push(size);
    size += text.length;
  }
  return hitsIn(texts.join(''), query).map((from) => {
    const to = from + query.length;
    return runs.flatMap((run, index) => {
      const length = texts[index]?.length ?? 0;
      const begins = Math.max(0, from - (starts[index] ?? 0));
      const ends = Math.min(length, to - (starts[index] ?? 0));
      if (ends <= begins) return [];
      const [, , , , x = 0, y = 0] = run.transform;
      return [{ x: x + (run.width * begins) / length, y, width: (run.width * (ends - begins)) / length, height: run.height }];
    });
  });
}

/** Pages in the order in which they are searched: from the one that is read to the end, then from the beginning. */
export const searchOrder = (count: number, from: number): number[] =>
  Array.from({ length: count }, (_, index) => ((from - 1 + index) % count) + 1);

/** The hit after or before this one, round the document; null: there is none. `hits` in the order of the document. */
export function nextHit(hits: readonly Hit[], now: Hit | null, page: number, step: 1 | -1): Hit | null {
  if (hits.length === 0) return null;
  const at = now === null ? -1 : hits.findIndex((hit) => hit.page === now.page && hit.index === now.index);
  if (at >= 0) return hits[(at + step + hits.length) % hits.length] ?? null;
  return (step === 1 ? hits.find((hit) => hit.page >= page) : hits.findLast((hit) => hit.page <= page)) ?? hits[0] ?? null;
}
