import type { ByteSpan } from '../store/file-source.js';

/** What a `Range` header asks of a file: the whole, a part, or a part that the file does not have. */
export type RangeWish = { readonly kind: 'whole' } | { readonly kind: 'part'; readonly span: ByteSpan } | { readonly kind: 'none' };

const WHOLE: RangeWish = { kind: 'whole' };
const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** Reads a `Range` header (RFC 9110 §14.2). Several ranges, other units and what has no form are ignored, as the RFC allows. */
export function readRange(header: string | undefined, size: number): RangeWish {
  const [, first, last] = ONE_RANGE.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return WHOLE;
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0 ? { kind: 'none' } : { kind: 'part', span: { from: Math.max(0, size - length), to: size } };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return WHOLE;
  if (from >= size) return { kind: 'none' };
  return { kind: 'part', span: { from, to: last === '' ? size : Math.min(size, Number(last) + 1) } };
}
