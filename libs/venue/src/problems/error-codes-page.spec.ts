import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, isErrorCode, START_CODES } from '@app/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusOf } from './problem.js';

const PAGE = join(process.cwd(), 'docs', 'error-codes.md');

describe('docs/error-codes.md', () => {
  const [wire = '', start = ''] = readFileSync(PAGE, 'utf8').split('## Refusals at start');
  const rowsOf = (text: string): string[][] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));

  it('lists every code with its status and its sentence, and no other', () => {
    const listed = rowsOf(wire).map(([, code = '', status = '', text = '']) => [code.replaceAll('`', ''), Number(status), text]);
    expect(listed).toEqual(
      Object.keys(ERROR_CODES)
        .filter(isErrorCode)
        .map((code) => [code, statusOf(code), ERROR_CODES[code]]),
    );
  });

  it('lists why a process does not start', () => {
    expect(Object.fromEntries(rowsOf(start).map(([, code = '', text]) => [code.replaceAll('`', ''), text]))).toEqual(START_CODES);
  });

  it('lists no code that nothing gives: each stands in quotes in the code of the product, engines of before included', () => {
    const code = ['apps', 'libs', 'tools']
      .flatMap((folder) => readdirSync(join(process.cwd(), folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && /[.](ts|mjs|vue)$/.test(entry.name) && !/spec[.]ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/node_modules|[/](test|locales)[/]|[/](error-codes|problem)[.]ts$/.test(path))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const quoted = new Set(code.match(/(['"])[A-Z][A-Z0-9_]+\1/g)?.map((text) => text.slice(1, -1)));
    expect(Object.keys({ ...ERROR_CODES, ...START_CODES }).filter((one) => !quoted.has(one))).toEqual([]);
  });
});
