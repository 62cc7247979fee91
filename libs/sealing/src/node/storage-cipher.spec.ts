import { describe, expect, it } from '@jest/globals';
import { createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { StorageCipher } from '../node.js';

const storageKey = randomBytes(32);
/** Random, but none ends in a zero. */
const pieces = (...sizes: number[]): Buffer[] => sizes.map((size) => Buffer.from(randomBytes(size).map((byte) => byte | 1)));

describe('bytes on disk', () => {
  it('opens what it sealed, together, in pieces and in another order', () => {
    const plain = pieces(0, 1, 15, 16, 17, 1_000, 33);
    const sealed = new StorageCipher(storageKey).seal(plain);
    const sut = new StorageCipher(storageKey);
    expect(sut.open(sealed).map((one) => Buffer.from(one))).toEqual(plain);
    expect(sealed.map((one) => Buffer.from(sut.open([one])[0] ?? []))).toEqual(plain);
    expect(sut.open(sealed.toReversed()).map((one) => Buffer.from(one))).toEqual(plain.toReversed());
    const two = [...sealed.slice(0, 2), ...new StorageCipher(storageKey).seal(plain.slice(2))];
    expect(sut.open(two).map((one) => Buffer.from(one))).toEqual(plain);
  });

  it('hides how long a text is under zeros behind it, which opening takes off', () => {
    const texts = pieces(3, 700, 33);
    const sealed = new StorageCipher(storageKey).seal(texts.map((text) => Buffer.concat([text], 1_024)));
    expect(sealed.map(({ length }) => length)).toEqual([1_040, 1_040, 1_040]);
    expect(new StorageCipher(storageKey).open(sealed).map((one) => Buffer.from(one))).toEqual(texts);
  });

  it('is plain counter mode from the block that stands in front', () => {
    const [plain] = pieces(100);
    const sut = new StorageCipher(storageKey);
    sut.seal(pieces(50, 3));
    const [sealed] = sut.seal([plain ?? Buffer.alloc(0)]);
    const key = createHmac('sha256', storageKey).update('gongping/storage/v2').digest();
    const by = createDecipheriv('aes-256-ctr', key, sealed?.subarray(0, 16) ?? '');
    expect(by.update(sealed?.subarray(16) ?? Buffer.alloc(0))).toEqual(plain);
    expect(Buffer.from(sealed ?? []).readUInt32BE(12)).toBe(5);
  });

  it('never uses a counter block twice, nor a nonce in another process', () => {
    const sut = new StorageCipher(storageKey);
    const used = new Set<string>();
    for (let turn = 0; turn < 50; turn += 1) {
      for (const sealed of sut.seal(pieces(...Array.from({ length: 20 }, (_none, index) => index * 7)))) {
        const head = Buffer.from(sealed.subarray(0, 16));
        for (let block = 0; block * 16 < sealed.length - 16; block += 1) {
          const name = `${head.toString('hex', 0, 12)} ${String(head.readUInt32BE(12) + block)}`;
          expect(used.has(name)).toBe(false);
          used.add(name);
        }
      }
    }
    const [other] = new StorageCipher(storageKey).seal(pieces(16));
    expect(used.has(`${Buffer.from(other ?? []).toString('hex', 0, 12)} 0`)).toBe(false);
  });

  it('opens nothing under another key, and refuses what is shorter than a counter block', () => {
    const plain = pieces(64);
    const sealed = new StorageCipher(storageKey).seal(plain);
    expect(new StorageCipher(randomBytes(32)).open(sealed).map((one) => Buffer.from(one))).not.toEqual(plain);
    expect(() => new StorageCipher(storageKey).open([new Uint8Array(15)])).toThrow(RangeError);
  });
});
