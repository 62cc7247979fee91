import serialize from 'canonicalize';
import type { JsonValue } from './json.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Nesting beyond this is refused: no honest payload comes near, and a recursive reader must not run out of stack. */
export const CANONICAL_DEPTH_MAX = 32;

/** Thrown when a value or a byte string has no canonical form; `path` says where. */
export class CanonicalError extends Error {
  constructor(
    readonly reason: string,
    readonly path = '$',
  ) {
    super(`not canonical JSON at ${path}: ${reason}`);
    this.name = 'CanonicalError';
  }
}

/** Text of the one canonical form (RFC 8785). Refuses fractions, unsafe integers, `undefined`, lone surrogates, strings not in NFC. */
export function canonicalText(value: JsonValue): string {
  assertCanonicalValue(value, '$', 0);
  const text = serialize(value);
  if (text === undefined) throw new CanonicalError('no value');
  return text;
}

/** UTF-8 bytes of {@link canonicalText}. */
export function canonicalBytes(value: JsonValue): Uint8Array {
  return encoder.encode(canonicalText(value));
}

/**
 * Reads a text that must already be canonical. Serialising again and comparing finds duplicate keys, other key orders,
 * white space, other number forms and escapes in one step.
 */
export function parseCanonical(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new CanonicalError('not JSON');
  }
  if (canonicalText(value) !== text)
    throw new CanonicalError('another form of the same value (key order, duplicate key, space, number or escape)');
  return value;
}

/** As {@link parseCanonical}, from UTF-8 bytes. */
export function parseCanonicalBytes(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new CanonicalError('not UTF-8');
  }
  return parseCanonical(text);
}

function assertCanonicalValue(value: unknown, path: string, depth: number): void {
  if (depth > CANONICAL_DEPTH_MAX) throw new CanonicalError('nested too deep', path);
  switch (typeof value) {
    case 'boolean':
      return;
    case 'string':
      if (!value.isWellFormed()) throw new CanonicalError('lone surrogate', path);
      if (value.normalize('NFC') !== value) throw new CanonicalError('string not in Unicode NFC', path);
      return;
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new CanonicalError('number is not a safe integer', path);
      return;
    case 'object':
      if (value === null) return;
      if (Array.isArray(value)) {
        value.forEach((item, index) => {
          assertCanonicalValue(item, `${path}[${index}]`, depth + 1);
        });
        return;
      }
      for (const [key, item] of Object.entries(value)) {
        assertCanonicalValue(key, path, depth);
        assertCanonicalValue(item, `${path}.${key}`, depth + 1);
      }
      return;
    default:
      throw new CanonicalError(`${typeof value} is not JSON`, path);
  }
}
