import { JUDGED_CHECKS } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../areas/routes.js';
import { en } from './langs/en/index.js';
import { zhCn } from './langs/zh-cn/index.js';

const SOURCE = join(import.meta.dirname, '..');

function leaves(value: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, item] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof item === 'string') found.set(at, item);
    else for (const [name, text] of leaves(item as object, at)) found.set(name, text);
  }
  return found;
}
const zh = leaves(zhCn);
const english = leaves(en);
const placeholders = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join();
const files = globSync('**/*.{ts,vue}', { cwd: SOURCE }).filter((file) => !file.includes('.spec.') && !file.startsWith('locales'));
/** What is said of a command stands in its area's record, in both languages. */
const isRecord = (file: string): boolean => /^areas\/\w+\/commands(\/\w+)?\.ts$/.test(file);

describe('the texts', () => {
  it('have the same keys and the same placeholders in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...zh.keys()].sort());
    for (const [key, text] of zh) expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('are nowhere but in the locale files and the records of commands', () => {
    const withHan = files.filter(
      (file) => !isRecord(file) && /[㐀-鿿]/.test(readFileSync(join(SOURCE, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
    );
    expect(withHan).toEqual([]);
  });

  it('exist for every key that the source names', () => {
    const missing = files.flatMap((file) =>
      [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !zh.has(key))
        .map((key) => `${file}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('say of every check of the judge what it means that it failed', () => {
    expect(JUDGED_CHECKS.filter((check) => !zh.has(`seal.finding.${check}`) || !zh.has(`seal.check.${check}`))).toEqual([]);
  });

  it('exist for every page of the rail', () => {
    expect(ROUTES.flatMap(({ meta }) => (meta.rail === undefined || zh.has(meta.rail) ? [] : [meta.rail]))).toEqual([]);
  });
});
