import { concatBytes, utf8 } from '@app/contracts';
import type { Random } from './random.js';

/** Values of four bytes at which sizes, offsets and counts go wrong. */
const EXTREMES = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
const RANGE_MAX = 4_096;
/** Marks of a ZIP's headers, the 64-bit ones included, and texts that readers trip over. */
const TOKENS = [
  ...[0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50].map(fourBytes),
  ...['../../etc/passwd', '\u0000', '\n', '{', '"__proto__":', '1e999', '\ufeff', '"'].map(utf8),
];

/** Bytes with something done to them that no honest program does. */
export function spoiled(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.below(RANGE_MAX));
  const [before, range, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  switch (random.below(8)) {
    case 0:
      return flipped(bytes, random);
    case 1:
      return bytes.slice(0, at);
    case 2:
      return concatBytes(before, after);
    case 3:
      return concatBytes(before, range, range, after);
    case 4:
      return concatBytes(
        before,
        Uint8Array.from(range, () => random.below(256)),
        after,
      );
    case 5:
      return concatBytes(before, fourBytes(random.pick(EXTREMES)), bytes.subarray(at + 4));
    case 6:
      return concatBytes(before, random.pick(TOKENS), bytes.subarray(at));
    default:
      return concatBytes(after, before);
  }
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const out = Uint8Array.from(bytes);
  for (let flips = 1 + random.below(4); flips > 0; flips -= 1) {
    const at = random.below(out.length);
    out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
  }
  return out;
}

function fourBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
