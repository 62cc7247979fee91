import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import { HashRing, SLOT_BYTES } from './hash-ring.js';
import { HashThread } from './hash-thread.js';

const SIZES = [0, 1, SLOT_BYTES - 1, SLOT_BYTES, SLOT_BYTES + 1, 3 * SLOT_BYTES];

describe('hashing on one more thread', () => {
  it('gives what hashing here gives, of several at once, in pieces of any size, and of what is written over at once', () => {
    const sut = new HashThread();
    const all = Array.from({ length: 3 }, () => ({ there: sut.newHash(), here: NODE_PRIMITIVES.newHash() }));
    for (const size of [...SIZES, ...SIZES])
      for (const { there, here } of all) {
        const bytes = new Uint8Array(randomBytes(size));
        here.update(bytes);
        there.update(bytes);
        bytes.fill(0);
      }
    expect(all.map(({ there }) => there.hex())).toEqual(all.map(({ here }) => here.hex()));
    expect(sut.newHash().hex()).toBe(NODE_PRIMITIVES.newHash().hex());
  });

  it('throws, and does not wait forever, when nobody takes what was written', () => {
    const ring = new HashRing();
    const write = (): number => ring.write(1, false, new Uint8Array(1), 10);
    const first = write();
    expect(() => {
      ring.waitFor(first, 10);
    }).toThrow('does not answer');
    expect(() => {
      for (;;) write();
    }).toThrow('does not answer');
    ring.take(({ id, bytes }) => {
      expect([id, [...bytes]]).toEqual([1, [0]]);
    });
    expect(() => {
      ring.waitFor(first, 10);
    }).not.toThrow();
  });
});
