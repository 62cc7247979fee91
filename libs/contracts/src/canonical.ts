import type { JsonValue } from './json.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Nesting beyond this is refused: no honest payload comes near, and a recursive reader must not run out of stack. */
const CANONICAL_DEPTH_MAX = 32;

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
  return write(value, []);
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

/**
 * What a text may consist of to be its own canonical form between quotes: nothing to escape, nothing that Unicode could write otherwise.
 */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Where the writer stands, for its errors only; a text of it for every value would cost more than the values. */
type Place = (string | number)[];

function write(value: unknown, place: Place): string {
  if (place.length > CANONICAL_DEPTH_MAX) throw errorAt(place, 'nested too deep');
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return writeString(value, place);
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw errorAt(place, 'number is not a safe integer');
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, place) : writeObject(value as Record<string, unknown>, place);
    default:
      throw errorAt(place, `${typeof value} is not JSON`);
  }
}

function writeString(value: string, place: Place): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw errorAt(place, 'lone surrogate');
  if (value.normalize('NFC') !== value) throw errorAt(place, 'string not in Unicode NFC');
  // ECMAScript's escapes are those of RFC 8785 §3.2.2.2.
  return JSON.stringify(value);
}

function writeArray(items: readonly unknown[], place: Place): string {
  let text = '';
  const depth = place.length;
  for (let index = 0; index < items.length; index += 1) {
    place[depth] = index;
    text += index === 0 ? write(items[index], place) : `,${write(items[index], place)}`;
  }
  place.length = depth;
  return `[${text}]`;
}

function writeObject(fields: Readonly<Record<string, unknown>>, place: Place): string {
  let text = '';
  const depth = place.length;
  // The default order is that of UTF-16 code units, as §3.2.3 asks.
  for (const key of Object.keys(fields).sort()) {
    place[depth] = key;
    const member = `${writeString(key, place)}:${write(fields[key], place)}`;
    text += text === '' ? member : `,${member}`;
  }
  place.length = depth;
  return `{${text}}`;
}

const errorAt = (place: Place, reason: string): CanonicalError =>
  new CanonicalError(
    reason,
    place.reduce<string>((path, step) => path + (typeof step === 'number' ? `[${String(step)}]` : `.${step}`), '$'),
  );
