import { describe, expect, it } from '@jest/globals';
import { p256 } from '@noble/curves/nist.js';
import { concatBytes, fromHex } from '@app/contracts';
import { isLowS, toLowS } from './low-s.js';

const ORDER = p256.Point.Fn.ORDER;
const R = new Uint8Array(32).fill(7);
const withS = (s: bigint): Uint8Array => concatBytes(R, fromHex(s.toString(16).padStart(64, '0')));

describe('the one form of a signature', () => {
  it('has s up to half the order, and not above', () => {
    expect(isLowS(withS(1n))).toBe(true);
    expect(isLowS(withS(ORDER >> 1n))).toBe(true);
    expect(isLowS(withS((ORDER >> 1n) + 1n))).toBe(false);
    expect(isLowS(withS(ORDER - 1n))).toBe(false);
    expect(isLowS(withS(1n).subarray(1))).toBe(false);
  });

  it('is made of the other one by taking s from the order', () => {
    expect(toLowS(withS(ORDER - 5n))).toEqual(withS(5n));
    expect(toLowS(withS((ORDER >> 1n) + 1n))).toEqual(withS(ORDER >> 1n));
    expect(toLowS(withS(5n))).toEqual(withS(5n));
  });
});
