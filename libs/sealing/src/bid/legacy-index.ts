import type { JsonValue } from '@app/contracts';
import { zHash, zUuid } from '@app/contracts';
import { z } from 'zod';
import type { BidIndex } from './bid-index.js';
import { BID_PARTS_MAX, partId } from './part-type.js';
import type { PartType } from './part-type.js';

/**
 * Bids of form 1, which lots under engine 0.1.0 received: their index names files, and a file's name was all that told a price from a
 * drawing. This is the only place that looks at a name. Nothing makes such bids any more.
 */
export const LEGACY_INDEX_PLACE = 'index.json';
export const LEGACY_SHEET_PLACE = 'opening-sheet.json';

const zLegacyIndex = z.strictObject({
  v: z.literal(1),
  kind: z.literal('bid'),
  origin: z.string().min(3).max(200),
  bidder: z.string().min(1).max(80),
  bid: zUuid,
  files: z
    .array(z.strictObject({ name: z.string().max(200), title: z.string().max(200), size: z.int().min(0), hash: zHash }))
    .min(1)
    .max(BID_PARTS_MAX),
});

/** What the bidders' program of 0.1.0 called its files. Any other name may hide a price, so it is an attachment. */
const TYPES: readonly (readonly [RegExp, PartType])[] = [
  [/^opening-sheet\.json$/, 'OPENING_SHEET'],
  [/^price.*$|报价/i, 'PRICE'],
  [/^technical(-[a-z0-9-]+)?\.[a-z0-9]+$/, 'TECHNICAL'],
  [/^commercial(-[a-z0-9-]+)?\.[a-z0-9]+$/, 'COMMERCIAL'],
  [/^qualification(-[a-z0-9-]+)?\.[a-z0-9]+$/, 'QUALIFICATION'],
];
const MEDIA: Readonly<Record<string, string>> = { pdf: 'application/pdf', json: 'application/json', png: 'image/png', jpg: 'image/jpeg' };

/** An index of form 1 as typed parts, numbered as it lists them; null when it has another form. */
export function readLegacyIndex(value: JsonValue): BidIndex | null {
  const read = zLegacyIndex.safeParse(value);
  if (!read.success) return null;
  const { origin, bidder, bid, files } = read.data;
  const parts = files.map(({ name, title, size, hash }, at) => ({
    id: partId(at + 1),
    type: TYPES.find(([pattern]) => pattern.test(name))?.[1] ?? ('ATTACHMENT' as const),
    title,
    media: MEDIA[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    size,
    hash,
    place: name,
  }));
  return { v: 1, origin, bidder, bid, parts };
}
