import { profileOf } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import { hashOfFile } from './hash-file.js';

/** Tells the largest piece that somebody read of it. */
class WatchedFile extends Blob {
  largest = 0;
  override slice(from = 0, to = this.size): Blob {
    this.largest = Math.max(this.largest, Math.min(to, this.size) - from);
    return super.slice(from, to);
  }
  override arrayBuffer(): never {
    throw new Error('read whole');
  }
}

describe('the hash of a file', () => {
  const profile = profileOf('gp-std-1');
  it.each([0, 1, 4 * 1024 * 1024, 9_000_001])('of %d bytes is that of its bytes, and it is never read whole', async (size) => {
    const bytes = new Uint8Array(size).map((_byte, index) => index % 251);
    const file = new WatchedFile([bytes]);
    expect(await hashOfFile(profile, file)).toBe(profile.hashHex(bytes));
    expect(file.largest).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});
