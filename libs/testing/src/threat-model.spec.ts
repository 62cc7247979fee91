import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Goal: a threat model that is true. Method: each row names tests by file and name, and each is looked up in the sources. */
const PAGE = 'docs/threat-model.md';
const SHOWN = /`([\w.-]+)`: ([^·]+)/g;

function testsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /node_modules|\/dist(\/|$)/.test(path) ? [] : testsBelow(path);
    return /spec\.(ts|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const sources = Map.groupBy(['apps', 'libs', 'scripts', 'test', 'tools'].flatMap(testsBelow), (path) => basename(path));
const rows = readFileSync(PAGE, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

/** What a row names that is not there; what it lacks. */
function wrongIn([, attacker = '', wants = '', happens = '', shown = '']: readonly string[]): string[] {
  const named = [...shown.matchAll(SHOWN)].map(([, file = '', name = '']) => ({ file, name: name.trim() }));
  const missing = named
    .filter(({ file, name }) => !(sources.get(file) ?? []).some((path) => readFileSync(path, 'utf8').includes(name)))
    .map(({ file, name }) => `${file}: ${name}`);
  const lacks = named.length === 0 ? ['names no test'] : [];
  return [...(happens === '' ? ['says nothing'] : []), ...lacks, ...missing].map((what) => `${attacker}, ${wants}: ${what}`);
}

describe('docs/threat-model.md', () => {
  it('names a test that is there in every row', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.flatMap(wrongIn)).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['a row without a test', '', 'names no test'],
    ['a file that is not there', '`nowhere.spec.ts`: SEC-1 a name', 'nowhere.spec.ts: SEC-1 a name'],
    ['a test of another name', '`trustee.spec.ts`: SEC-2 plays nothing', 'trustee.spec.ts: SEC-2 plays nothing'],
  ])('would be found out by %s', (_what, shown, wrong) => {
    expect(wrongIn(['', 'somebody', 'something', 'happens', shown])).toEqual([`somebody, something: ${wrong}`]);
  });
});
