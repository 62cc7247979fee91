import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, isErrorCode } from '@app/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusOf } from './problem.js';

const PAGE = join(process.cwd(), 'docs', 'error-codes.md');

describe('docs/error-codes.md', () => {
  it('lists every code with its status and its sentence, and no other', () => {
    const rows = readFileSync(PAGE, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const listed = rows.map(([, code = '', status = '', text = '']) => [code.replaceAll('`', ''), Number(status), text]);
    expect(listed).toEqual(
      Object.keys(ERROR_CODES)
        .filter(isErrorCode)
        .map((code) => [code, statusOf(code), ERROR_CODES[code]]),
    );
  });
});
