import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { RULE_SETS } from '@app/evaluation';

/** Where limits and thresholds are written down, and where those of older lots are carried on: neither asks for one. */
const WRITERS = ['rule-set.ts', 'rule-sets.ts', 'migrate.ts'];
const COMMENTS = /\/\*.*?\*\/|\/\/[^\n]*/gs;

const root = fileURLToPath(new URL('../src/', import.meta.url));
const readers = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !WRITERS.includes(basename(file)))
  .map((file) => readFileSync(join(root, file), 'utf8').replace(COMMENTS, ''))
  .join('\n');

const namesIn = (values: object): string[] =>
  Object.entries(values).flatMap(([name, value]) => (name === 'lowPrice' && value !== null ? [name, ...namesIn(value as object)] : [name]));

it('every limit and threshold that a lot freezes is read by a rule: what stands in the law is enforced', () => {
  const names = new Set(RULE_SETS.flatMap(({ limits, thresholds }) => [...namesIn(limits), ...namesIn(thresholds)]));
  const isRead = (name: string): boolean => new RegExp(`[.'{,]\\s*${name}\\b`).test(readers);
  expect(names.size).toBeGreaterThan(30);
  expect([...names].filter((name) => !isRead(name))).toEqual([]);
});
