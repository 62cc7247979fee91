import { toHex } from '@app/contracts';
import type { RunningHash } from './primitives.js';
import { sha256Blocks } from './sha256-blocks.js';

const BLOCK_SIZE = 64;
/** Where the last block names the length in bits (FIPS 180-4 §5.1.1). */
const LENGTH_AT = 56;
const INITIAL = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** SHA-256 of long streams where there is nothing but script: the same as `newHash` of the primitives, and in Chromium four times as fast. */
export function newScriptHash(): RunningHash {
  const state = Int32Array.from(INITIAL);
  const rest = new Uint8Array(BLOCK_SIZE);
  const last = new DataView(rest.buffer);
  let size = 0;
  return {
    update: (bytes) => {
      const filled = size % BLOCK_SIZE;
      size += bytes.length;
      let at = 0;
      if (filled > 0) {
        at = Math.min(bytes.length, BLOCK_SIZE - filled);
        rest.set(bytes.subarray(0, at), filled);
        if (filled + at < BLOCK_SIZE) return;
        sha256Blocks(state, last, 0, BLOCK_SIZE);
      }
      const end = bytes.length - ((bytes.length - at) % BLOCK_SIZE);
      sha256Blocks(state, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at, end);
      rest.set(bytes.subarray(end));
    },
    hex: () => {
      const filled = size % BLOCK_SIZE;
      rest.fill(0, filled);
      rest[filled] = 0x80;
      if (filled >= LENGTH_AT) {
        sha256Blocks(state, last, 0, BLOCK_SIZE);
        rest.fill(0);
      }
      last.setBigUint64(LENGTH_AT, BigInt(size) * 8n);
      sha256Blocks(state, last, 0, BLOCK_SIZE);
      const digest = new Uint8Array(BLOCK_SIZE / 2);
      const view = new DataView(digest.buffer);
      state.forEach((word, index) => {
        view.setInt32(4 * index, word);
      });
      return toHex(digest);
    },
  };
}
