/** Rows of a page: what people of the field are used to. */
export const PAGE_ROWS = 20;

/**
 * Keys of the pages turned to so far, the one shown last; null is the first page. A list by key can be walked back only the way one came.
 */
export type KeyPages = readonly (string | null)[];

export const FIRST_PAGE: KeyPages = [null];

export const keyOf = (pages: KeyPages): string | null => pages.at(-1) ?? null;
export const numberOf = (pages: KeyPages): number => pages.length;
export const turned = (pages: KeyPages, next: string | null): KeyPages => (next === null ? pages : [...pages, next]);
export const turnedBack = (pages: KeyPages): KeyPages => (pages.length > 1 ? pages.slice(0, -1) : pages);

/** `?a=1&b=2` of what is said; what is empty is left out. */
export function queryOf(values: Readonly<Record<string, string | number | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const text = String(value ?? '').trim();
    if (text !== '') query.set(name, text);
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}
