import type { SelectQueryBuilder } from 'typeorm';

export interface PageQuery {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A page, and the key to ask the next one with; null at the end. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

/** One more than the page is read, to know whether there is a next one. Never counts: at a million rows that costs more than the page. */
export async function readPage<Row extends object, Item>(
  query: SelectQueryBuilder<Row>,
  { limit }: PageQuery,
  keyOf: (row: Row) => string,
  toItems: (rows: Row[]) => Promise<Item[]> | Item[],
): Promise<Page<Item>> {
  const rows = await query.take(limit + 1).getMany();
  const items = await toItems(rows.slice(0, limit));
  const last = rows[limit - 1];
  return { items, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

/** A LIKE pattern for what begins with `text`, which may contain anything. */
export const beginning = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`;
