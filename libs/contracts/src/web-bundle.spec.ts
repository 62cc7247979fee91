import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatWebManifest, parseWebManifest, WEB_MANIFEST } from './web-bundle.js';

const a = { path: 'assets/a.js', hash: 'a'.repeat(64) };
const b = { path: 'index.html', hash: 'b'.repeat(64) };
const TEXT = `${a.hash}  ${a.path}\n${b.hash}  ${b.path}\n`;

describe('the manifest of the web client', () => {
  it('is the same text whatever order the files come in, and is read back', () => {
    expect(formatWebManifest([b, a])).toBe(TEXT);
    expect(parseWebManifest(TEXT)).toEqual([a, b]);
  });

  it('is in the form that sha256sum checks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongping-manifest-'));
    try {
      mkdirSync(join(folder, 'assets'));
      const files = [a, b].map(({ path }) => {
        writeFileSync(join(folder, path), path);
        return { path, hash: createHash('sha256').update(path).digest('hex') };
      });
      writeFileSync(join(folder, WEB_MANIFEST), formatWebManifest(files));
      const check = (): string =>
        execFileSync('sha256sum', ['--check', '--strict', WEB_MANIFEST], { cwd: folder, encoding: 'utf8', env: { LC_ALL: 'C' } });
      expect(check()).toBe('assets/a.js: OK\nindex.html: OK\n');
      writeFileSync(join(folder, b.path), 'another');
      expect(check).toThrow('did NOT match');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['an empty one', ''],
    ['one without its last line break', TEXT.slice(0, -1)],
    ['lines in another order', TEXT.split('\n').slice(0, 2).reverse().join('\n') + '\n'],
    ['a line that is none', `${TEXT}x\n`],
    ['a path out of the folder', `${a.hash}  ../etc/passwd\n`],
    ['a path from the root', `${a.hash}  /etc/passwd\n`],
    ['a query', `${a.hash}  index.html?x\n`],
  ])('is refused whole: %s', (_name, text) => {
    expect(parseWebManifest(text)).toBeNull();
  });

  it('takes no name that would need escaping', () => {
    expect(() => formatWebManifest([{ ...a, path: 'a\nb' }])).toThrow('name');
    expect(() => formatWebManifest([{ ...a, path: '..' }])).toThrow('name');
  });
});
