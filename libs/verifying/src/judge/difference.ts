import type { JsonValue } from '@app/contracts';
import { canonicalText } from '@app/contracts';

/** Longest text of a value in a sentence. */
const SHOWN_MAX = 60;

/** Null, or where two values differ first, in words: `events.1.until: the rules give "…", the entry says "…"`. */
export function firstDifference(expected: JsonValue, found: JsonValue, path = ''): string | null {
  if (isList(expected) && isList(found)) {
    if (expected.length !== found.length) return `${at(path)}${expected.length} items by the rules, ${found.length} in the entry`;
    return first(expected.map((item, index) => firstDifference(item, found[index] ?? null, join(path, String(index)))));
  }
  if (isObject(expected) && isObject(found)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
    return first(names.map((name) => differenceAt(expected, found, name, join(path, name))));
  }
  return expected === found ? null : `${at(path)}the rules give ${shown(expected)}, the entry says ${shown(found)}`;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
type Fields = { readonly [name: string]: JsonValue };
const isObject = (value: JsonValue): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function differenceAt(expected: Fields, found: Fields, name: string, path: string): string | null {
  const [mine, theirs] = [Object.hasOwn(expected, name) ? expected[name] : undefined, Object.hasOwn(found, name) ? found[name] : undefined];
  if (mine === undefined) return `${at(path)}the rules give nothing, the entry says ${shown(theirs ?? null)}`;
  if (theirs === undefined) return `${at(path)}the rules give ${shown(mine)}, the entry says nothing`;
  return firstDifference(mine, theirs, path);
}

const first = (all: readonly (string | null)[]): string | null => all.find((item) => item !== null) ?? null;
const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
const at = (path: string): string => (path === '' ? '' : `${path}: `);

function shown(value: JsonValue): string {
  const text = canonicalText(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
