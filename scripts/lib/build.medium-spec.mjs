import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRoot, nodePath } from './paths.mjs';

const BUILD_MS_MAX = 180_000;
const SOURCES = [
  'apps',
  'libs',
  'migrations',
  'scripts',
  'tools',
  'test',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  '.swcrc',
];

describe('the web client, built elsewhere, at another time, by somebody else', () => {
  const root = mkdtempSync(join(tmpdir(), 'gongping-elsewhere-'));
  const clone = join(root, 'a', 'deeper', 'folder');
  beforeAll(async () => {
    mkdirSync(clone, { recursive: true });
    for (const source of SOURCES) cpSync(inRoot(source), join(clone, source), { recursive: true });
    symlinkSync(inRoot('node_modules'), join(clone, 'node_modules'));
    // What lies beside the sources, and what the caller's shell has set.
    writeFileSync(join(clone, 'apps/web/.env'), 'NODE_ENV=development\nVITE_X=1\n');
    utimesSync(join(clone, 'apps/web/src/main.ts'), 1, 1);
    const env = { ...process.env, NODE_ENV: 'test', VITE_X: '2', TZ: 'America/Caracas', LC_ALL: 'C' };
    await promisify(execFile)(nodePath(), ['scripts/build.mjs'], { cwd: clone, env });
  }, BUILD_MS_MAX);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is the same, byte for byte: its manifest is, and checks every file of it', () => {
    const here = readFileSync(inRoot('dist/web/manifest.sha256'), 'utf8');
    expect(readFileSync(join(clone, 'dist/web/manifest.sha256'), 'utf8')).toBe(here);
    const check = (of) => execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'manifest.sha256'], { cwd: join(of, 'dist/web') });
    expect(check(clone).toString()).toBe('');
    expect(here.split('\n').length).toBeGreaterThan(100);
  });

  it('names every file that is served, and no other', () => {
    const listed = execFileSync('find', ['.', '-type', 'f', '-printf', '%P\n'], { cwd: inRoot('dist/web'), encoding: 'utf8' });
    const inManifest = readFileSync(inRoot('dist/web/manifest.sha256'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.slice(66));
    expect(
      listed
        .split('\n')
        .filter((path) => path !== '' && path !== 'manifest.sha256')
        .sort(),
    ).toEqual(inManifest.sort());
  });
});
