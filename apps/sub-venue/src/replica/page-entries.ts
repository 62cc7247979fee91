import type { Disclosure, Opening, Page, PagePart, SentEntry } from '@app/contracts';
import { concatBytes, fromBase64Url, fromUtf8, pageHeaders, PageBuilder, pageParts, toBase64Url, utf8 } from '@app/contracts';
import { invariant } from '@app/platform';
import { PageFault, readHeader } from './check-page.js';

const SALT_SIZE = 32;

/** Entries of a page with the parts that are open in it, from entry `from` on. */
export function pageEntries(page: Page, from = page.from): SentEntry[] {
  const headers = pageHeaders(page);
  const parts = headers.map((): Record<string, Opening> => ({}));
  for (const { entry, name, body } of pageParts(page.open, page.count)) {
    const record = parts[entry];
    invariant(record, 'a part of an entry of the page');
    record[name] = { salt: toBase64Url(body.subarray(0, SALT_SIZE)), text: fromUtf8(body.subarray(SALT_SIZE)) };
  }
  const entries = headers.map((bytes, index) => ({
    header: readHeader(bytes, (reason) => new PageFault(page.origin, page.from + index, reason)),
    parts: parts[index] ?? {},
  }));
  return entries.slice(Math.max(0, from - page.from));
}

/** The page without its first entries: what is left of a push that overlaps what the replica has. */
export function pageFrom(page: Page, from: number): Page {
  if (from <= page.from) return page;
  const skip = from - page.from;
  return rebuild(
    page,
    (entry) => entry >= skip,
    () => null,
    skip,
  );
}

/** How a part of a log is named here: `<seq>/<name>`. */
export const placeOf = (seq: number, name: string): string => `${String(seq)}/${name}`;

/** `salt ‖ text` of parts, by their places. */
export const openedParts = (parts: Disclosure['parts']): ReadonlyMap<string, Uint8Array> =>
  new Map(parts.map(({ seq, name, opening }) => [placeOf(seq, name), concatBytes(fromBase64Url(opening.salt), utf8(opening.text))]));

/** The page with some parts opened: `salt ‖ text` by {@link placeOf}; their ciphertext goes. */
export function withOpened(page: Page, opened: ReadonlyMap<string, Uint8Array>): Page {
  return rebuild(
    page,
    () => true,
    (seq, part) => opened.get(placeOf(seq, part.name)) ?? null,
  );
}

/** The page without some parts, open or hidden. */
export function withErased(page: Page, erased: ReadonlySet<string>): Page {
  return rebuild(
    page,
    () => true,
    () => null,
    0,
    (seq, part) => erased.has(placeOf(seq, part.name)),
  );
}

function rebuild(
  page: Page,
  keep: (entry: number) => boolean,
  open: (seq: number, hidden: PagePart) => Uint8Array | null,
  skip = 0,
  drop: (seq: number, part: PagePart) => boolean = () => false,
): Page {
  const builder = new PageBuilder(page.origin, page.from + skip);
  const opens = Map.groupBy(pageParts(page.open, page.count), (part) => part.entry);
  const hiddens = Map.groupBy(pageParts(page.hidden, page.count), (part) => part.entry);
  pageHeaders(page).forEach((header, entry) => {
    if (!keep(entry)) return;
    const seq = page.from + entry;
    builder.header(fromUtf8(header));
    for (const part of opens.get(entry) ?? []) if (!drop(seq, part)) builder.openBody(part.name, part.body);
    for (const part of hiddens.get(entry) ?? []) {
      if (drop(seq, part)) continue;
      const body = open(seq, part);
      if (body === null) builder.hidden(part.name, part.body);
      else builder.openBody(part.name, body);
    }
  });
  return builder.page();
}
