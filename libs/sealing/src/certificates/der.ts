import { concatBytes } from '@app/contracts';

/** The few lines of DER that signatures need: the exact bytes that were signed, and the bytes to sign. */

/** Thrown on a length that is not the shortest form or runs past the end (X.690 §10.1). */
export class DerError extends Error {
  constructor(reason: string) {
    super(`not DER: ${reason}`);
    this.name = 'DerError';
  }
}

export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  readonly end: number;
}

export function readElement(bytes: Uint8Array, at = 0): DerElement {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new DerError('cut off');
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('length form');
    length = 0;
    for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte;
    start += count;
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError('length not in its shortest form');
  }
  const end = start + length;
  if (end > bytes.length) throw new DerError('cut off');
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end), end };
}

/** The elements inside a constructed one. */
export function readChildren(content: Uint8Array): DerElement[] {
  const children: DerElement[] = [];
  for (let at = 0; at < content.length;) {
    const child = readElement(content, at);
    children.push(child);
    at = child.end;
  }
  return children;
}

/** r‖s (64 bytes) of an ECDSA-Sig-Value (RFC 3279 §2.2.3). */
export function readEcdsaSignature(der: Uint8Array): Uint8Array {
  const sequence = readElement(der);
  const numbers = readChildren(sequence.content);
  if (sequence.tag !== 0x30 || sequence.end !== der.length || numbers.length !== 2) throw new DerError('ECDSA signature');
  const out = new Uint8Array(64);
  numbers.forEach(({ tag, content }, index) => {
    const digits = content[0] === 0 ? content.subarray(1) : content;
    if (tag !== 0x02 || digits.length > 32 || content.length === 0) throw new DerError('ECDSA number');
    out.set(digits, index * 32 + 32 - digits.length);
  });
  return out;
}

/** Tag, shortest length, content. */
export function derOf(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...contents);
  const digits: number[] = [];
  for (let left = content.length; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256);
  const length = content.length < 0x80 ? [content.length] : [0x80 | digits.length, ...digits];
  return concatBytes(Uint8Array.of(tag, ...length), content);
}

/** SET OF: elements stand in the order of their bytes (X.690 §11.6). */
export const derSetOf = (tag: number, elements: readonly Uint8Array[]): Uint8Array => derOf(tag, ...[...elements].sort(byBytes));

function byBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

/**
 * r‖s as an ECDSA-Sig-Value (RFC 3279 §2.2.3). Node takes r‖s only beside the key in an object, and telling that object from a key
 * costs it half as much as the check itself.
 */
export function ecdsaDer(signature: Uint8Array): Uint8Array {
  return derOf(0x30, derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32)));
}

function derInteger(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const digits = bytes.subarray(from);
  return derOf(0x02, Uint8Array.of(...((digits[0] ?? 0) >= 0x80 ? [0] : [])), digits);
}
