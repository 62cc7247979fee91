import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
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

  describe('with an engine that is not the one that was released', () => {
    const run = (...args) => spawnSync(nodePath(), args, { cwd: clone, encoding: 'utf8' });
    const altered = (folder) => join(clone, folder, 'libs/evaluation/engines/0.1.0.mjs');

    it('is not built: its browsers would run it unasked', () => {
      const before = readFileSync(join(clone, 'dist/web/manifest.sha256'), 'utf8');
      appendFileSync(altered('.'), ' ');
      const { status, stderr } = run('scripts/build.mjs');
      expect(status).toBe(1);
      expect(stderr).toContain('ENGINE_ALTERED: the engine 0.1.0 is not the one that was released. Restore');
      rmSync(altered('.'));
      expect(run('scripts/build.mjs').stderr).toContain('ENGINE_MISSING: the engine 0.1.0 is missing. Restore');
      expect(readFileSync(join(clone, 'dist/web/manifest.sha256'), 'utf8')).toBe(before);
    });

    it('nothing is verified: the program says which file to restore, and exits as one that could read nothing', () => {
      const archive = inRoot('tools/verify/fixtures/0.5.0/TV-E2E-01.zip');
      const verify = () => run('dist/tools/verify/src/main.js', archive);
      expect(verify().status).toBe(2);
      appendFileSync(altered('dist'), ' ');
      const { status, stderr, stdout } = verify();
      expect([status, stdout]).toEqual([4, '']);
      expect(stderr).toContain('verify: ENGINE_ALTERED: The engine 0.1.0 is not the file that was released. Restore');
      rmSync(altered('dist'));
      expect(verify().stderr).toContain('verify: ENGINE_MISSING: The engine 0.1.0 is missing. Restore');
    });
  });
});
