import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { profileOf } from '../node.js';

describe('hashing into a flat buffer', () => {
  it('writes the same bytes at their place, and no others', () => {
    const { hash } = profileOf('gp-std-1');
    const { into } = hash as typeof hash & { into: (bytes: Uint8Array, out: Uint8Array, at: number) => void };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(4), (bytes, place) => {
        // A view into a larger buffer: its offset counts.
        const out = new Uint8Array(200).subarray(10, 190);
        into(bytes, out, place * 32);
        const expected = new Uint8Array(180);
        expected.set(hash(bytes), place * 32);
        expect(out).toEqual(expected);
      }),
    );
  });
});
