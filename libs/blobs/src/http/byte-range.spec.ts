import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RangeWish } from './byte-range.js';
import { readRange } from './byte-range.js';

const part = (from: number, to: number): RangeWish => ({ kind: 'part', span: { from, to } });
const WHOLE = { kind: 'whole' };
const NONE = { kind: 'none' };

describe('a Range header', () => {
  it.each([
    ['bytes=0-9', part(0, 10)],
    ['bytes=90-', part(90, 100)],
    ['bytes=90-1000', part(90, 100)],
    ['bytes=-10', part(90, 100)],
    ['bytes=-1000', part(0, 100)],
    ['bytes=99-99', part(99, 100)],
    ['bytes=100-', NONE],
    ['bytes=100-200', NONE],
    ['bytes=-0', NONE],
    [undefined, WHOLE],
    ['bytes=-', WHOLE],
    ['bytes=9-1', WHOLE],
    ['bytes=0-1,3-4', WHOLE],
    ['lines=0-1', WHOLE],
    ['bytes=a-b', WHOLE],
  ])('%s of a file of 100 bytes', (header, wish) => {
    expect(readRange(header, 100)).toEqual(wish);
  });

  it('of an empty file is never satisfiable', () => {
    expect([readRange('bytes=0-', 0), readRange('bytes=-1', 0)]).toEqual([NONE, NONE]);
  });

  it('never names a byte that the file does not have', () => {
    const ends = fc.option(fc.nat(), { nil: null });
    fc.assert(
      fc.property(ends, ends, fc.nat(10_000), (first, last, size) => {
        const wish = readRange(`bytes=${String(first ?? '')}-${String(last ?? '')}`, size);
        if (wish.kind !== 'part') return;
        expect(wish.span.from).toBeLessThan(wish.span.to);
        expect(wish.span.from).toBeGreaterThanOrEqual(0);
        expect(wish.span.to).toBeLessThanOrEqual(size);
      }),
    );
  });
});
