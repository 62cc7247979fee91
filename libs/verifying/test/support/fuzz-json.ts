import type { JsonValue } from '@app/contracts';
import type { Random } from './random.js';

type Fields = Record<string, JsonValue>;

/** Deeper than any reader follows (`CANONICAL_DEPTH_MAX` is 32), and just not. */
const DEPTHS = [31, 33, 2_000];
const nested = (depth: number): JsonValue => Array.from({ length: depth }).reduce<JsonValue>((inner) => [inner], null);
const ODD: readonly JsonValue[] = [
  ...[null, true, false, 0, -1, 1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53) + 1, '', '0', '-1', '1e9', 'NaN', '__proto__', 'constructor'],
  ...[
    '9'.repeat(400),
    '0.00000001',
    '9'.repeat(18),
    `${'9'.repeat(18)}.${'9'.repeat(8)}`,
    'A'.repeat(10_000),
    '\u0000',
    '公评',
    '2026-02-30T00:00:00.000Z',
  ],
  ...[[], {}, [[]], [{}], { type: 'lot.created' }, { v: 1 }],
];
const CHARACTERS = ['0', '1', '5', '9', 'a', 'B', 'f', 'Z', '_', '-', '.'];
const NAMES = ['__proto__', 'constructor', 'toString', 'length', 'type', 'party', 'bidder-1', 'node:main', 'v', ''];

/** The value with one place in it changed. */
export function changed(value: JsonValue, random: Random): JsonValue {
  if (isFields(value)) {
    const names = Object.keys(value);
    if (names.length > 0 && random.below(8) > 0) return inField(value, random.pick(names), random);
  } else if (isList(value) && value.length > 0 && random.below(8) > 0) {
    const at = random.below(value.length);
    return edited(value, at, random);
  }
  if (typeof value === 'string' && value !== '' && random.below(2) === 0) return nearly(value, random);
  return random.below(20) === 0 ? nested(random.pick(DEPTHS)) : random.pick(ODD);
}

/** One character is another: still of the form that a schema asks for, and often none that its reader can use. */
function nearly(text: string, random: Random): string {
  const at = random.below(2) === 0 ? text.length - 1 : random.below(text.length);
  return `${text.slice(0, at)}${random.pick(CHARACTERS)}${text.slice(at + 1)}`;
}

function inField(value: Fields, name: string, random: Random): JsonValue {
  const { [name]: inner = null, ...rest } = value;
  switch (random.below(10)) {
    case 0:
      return rest;
    case 1:
      return withField(rest, random.pick(NAMES), inner);
    case 2:
      return withField(value, random.pick(NAMES), random.pick(ODD));
    default:
      return withField(value, name, changed(inner, random));
  }
}

function edited(list: readonly JsonValue[], at: number, random: Random): JsonValue {
  const item = list[at] ?? null;
  switch (random.below(8)) {
    case 0:
      return list.filter((_item, index) => index !== at);
    case 1:
      return [...list, item];
    case 2:
      return [...list].reverse();
    default:
      return list.map((other, index) => (index === at ? changed(other, random) : other));
  }
}

/** A field of its own, whatever its name: `__proto__` too, as a reader of JSON makes it. */
const withField = (fields: Fields, name: string, value: JsonValue): Fields =>
  Object.fromEntries([...Object.entries(fields).filter(([other]) => other !== name), [name, value]]);
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isFields = (value: JsonValue): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
