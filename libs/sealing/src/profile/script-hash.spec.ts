import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { NODE_PRIMITIVES } from './node-primitives.js';
import { newScriptHash } from './script-hash.js';

describe('SHA-256 in script', () => {
  it('gives what OpenSSL gives, for every length around a block, as a whole and in pieces', () => {
    for (let size = 0; size <= 300; size += 1) {
      const bytes = new Uint8Array(randomBytes(size));
      const [whole, pieces] = [newScriptHash(), newScriptHash()];
      whole.update(bytes);
      for (let at = 0; at < size; at += 1 + (size % 71)) pieces.update(bytes.subarray(at, at + 1 + (size % 71)));
      expect([size, whole.hex(), pieces.hex()]).toEqual([size, NODE_PRIMITIVES.hashHex(bytes), NODE_PRIMITIVES.hashHex(bytes)]);
    }
  });

  it('gives the same for a large one out of the middle of a buffer', () => {
    const bytes = new Uint8Array(randomBytes(3_000_001)).subarray(13);
    const hash = newScriptHash();
    for (let at = 0; at < bytes.length; at += 65_552) hash.update(bytes.subarray(at, at + 65_552));
    expect(hash.hex()).toBe(NODE_PRIMITIVES.hashHex(bytes));
  });

  it('writes lengths beyond 2^32 bits', () => {
    const hash = newScriptHash();
    const here = NODE_PRIMITIVES.newHash();
    const piece = new Uint8Array(8 * 1024 ** 2);
    for (let turn = 0; turn < 65; turn += 1) for (const one of [hash, here]) one.update(piece);
    expect(hash.hex()).toBe(here.hex());
  }, 60_000);
});
