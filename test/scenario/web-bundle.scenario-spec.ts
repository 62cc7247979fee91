import { zLoggedBundle } from '@app/archive';
import { formatWebManifest, parseCanonical, parseWebManifest, zWebBundle, WEB_MANIFEST } from '@app/contracts';
import type { RunningSystem } from '@app/testing';
import { endSystem, startSystem } from '@app/testing';
import { EXIT } from '@app/verifying';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ask } from './lib/ask.js';

const START_MS_MAX = 240_000;
const CASE_MS_MAX = 120_000;
const FOUND_MS_MAX = 60_000;
const SITES = ['sub-1', 'sub-2', 'supervision'] as const;
type Site = (typeof SITES)[number];

const zFinding = z.object({ standing: z.string(), reason: z.string(), manifest: z.string().nullable(), entry: z.number().nullable() });
const zFindings = z.object({ last: zFinding.nullable(), lastFault: zFinding.nullable() });
const zNamed = z.object({ command: z.object({ public: zWebBundle }) });

/** The main venue serves a copy that is in the test's hands; the sites have the clone's own build. */
describe('the web client that the main venue serves', () => {
  const web = join(mkdtempSync(join(tmpdir(), 'gongping-web-')), 'web');
  let system: RunningSystem;
  let script = '';
  let whole: Buffer;

  const file = (path: string): string => join(web, path);
  const hashOf = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(file(path)))
      .digest('hex');
  const read = async <T>(url: string, schema: z.ZodType<T>): Promise<T> => schema.parse(await (await ask(url)).json());
  const findings = (site: Site) => read(`${system.urls[site]}/witness/web-bundle`, zFindings);
  async function found(site: Site, standing: string): Promise<z.infer<typeof zFindings>> {
    const endMs = performance.now() + FOUND_MS_MAX;
    for (;;) {
      const now = await findings(site);
      if (now.last?.standing === standing) return now;
      if (performance.now() > endMs) throw new Error(`${site} found no ${standing}: ${JSON.stringify(now)}`);
      await sleep(200);
    }
  }
  /** What the log names, once a head of it is signed. */
  async function named(): Promise<z.infer<typeof zWebBundle> & { entry: number }> {
    const address = `${system.urls.main}/api/web-bundle`;
    while (!(await ask(address)).ok) await sleep(200);
    const { entry } = await read(address, zLoggedBundle);
    return { ...zNamed.parse(parseCanonical(entry.opening.text)).command.public, entry: entry.batch };
  }
  /** The one command of the guide, over the built program. */
  function verify(...more: string[]) {
    const args = ['scripts/verify.mjs', system.urls.main, '--trust', join(system.home, 'demo', 'trust.json'), '--json', ...more];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const form = z.object({ verdict: z.string(), first: z.object({ where: z.string(), reason: z.string() }).nullable() });
    return { ...form.parse(JSON.parse(stdout)), exit: status };
  }

  beforeAll(async () => {
    cpSync('dist/web', web, { recursive: true });
    script = (parseWebManifest(readFileSync(file(WEB_MANIFEST), 'utf8')) ?? []).find(({ path }) => /index-.*\.js$/.test(path))?.path ?? '';
    whole = readFileSync(file(script));
    const often = { WEB_CHECK_MS: '1500' };
    const venueEnv = { main: { WEB_DIR: web }, 'sub-1': often, 'sub-2': often, supervision: often };
    system = await startSystem({ quiet: true, seed: false, venueEnv });
  }, START_MS_MAX);
  afterAll(async () => {
    await endSystem(system);
    rmSync(join(web, '..'), { recursive: true, force: true });
  }, 60_000);

  it(
    'stands in the platform log by release and manifest, and every witness finds the same',
    async () => {
      const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));
      const log = await named();
      expect(log).toMatchObject({ release: version, manifest: hashOf(WEB_MANIFEST) });
      for (const site of SITES) {
        const { last, lastFault } = await found(site, 'GOOD');
        expect([last?.manifest, last?.entry, lastFault]).toEqual([log.manifest, log.entry, null]);
      }
      // The witnesses may still be cosigning.
      while (verify().exit !== 0) await sleep(500);
      expect(verify()).toEqual({ verdict: 'PASS', first: null, exit: 0 });
      expect(verify('--build', system.home)).toMatchObject({ exit: EXIT.UNREADABLE, first: { where: system.home } });
    },
    CASE_MS_MAX,
  );

  it(
    'is not named again by a start that changes nothing',
    async () => {
      const before = await named();
      system.kill('main');
      await system.ready('main');
      expect(await named()).toEqual(before);
    },
    CASE_MS_MAX,
  );

  it(
    'is found altered by every witness, and by anybody, when a served script is changed on the disk',
    async () => {
      appendFileSync(file(script), '\n// one line more\n');
      for (const site of SITES) {
        const { last } = await found(site, 'ALTERED');
        expect(last?.reason).toContain(`/${script}`);
        const ready = await read(`${system.urls[site]}/readyz`, z.object({ webClient: z.string() }));
        expect(ready.webClient).toBe('ALTERED');
        expect(readFileSync(system.logFile(site), 'utf8')).toContain('"security":"WEB_BUNDLE_ALTERED"');
      }
      expect(verify()).toMatchObject({ verdict: 'FAIL', exit: EXIT.FAIL, first: { where: `/${script}` } });
    },
    CASE_MS_MAX,
  );

  it(
    'is found altered when the manifest is changed with the script, since the log names another',
    async () => {
      const files = parseWebManifest(readFileSync(file(WEB_MANIFEST), 'utf8')) ?? [];
      writeFileSync(file(WEB_MANIFEST), formatWebManifest(files.map(({ path }) => ({ path, hash: hashOf(path) }))));
      const changed = hashOf(WEB_MANIFEST);
      const isChanged = async (site: Site): Promise<boolean> => (await findings(site)).last?.manifest === changed;
      for (const site of SITES) while (!(await isChanged(site))) await sleep(200);
      expect((await found('sub-1', 'ALTERED')).last?.reason).toContain('names the manifest');
      expect(verify()).toMatchObject({ exit: EXIT.FAIL, first: { where: 'log' } });
    },
    CASE_MS_MAX,
  );

  it(
    'is another build to every witness when the main venue restarts with it: then the log names it, for everybody and for ever',
    async () => {
      const before = await named();
      system.kill('main');
      await system.ready('main');
      for (const site of SITES) expect((await found(site, 'OTHER')).last?.reason).toContain('manifest');
      const after = await named();
      expect(after.manifest).toBe(hashOf(WEB_MANIFEST));
      expect(after.entry).toBeGreaterThan(before.entry);
      expect(verify()).toMatchObject({ exit: EXIT.FAIL, first: { where: 'build' } });
      while (verify('--build', web).exit !== 0) await sleep(500);
      expect(verify('--build', web)).toEqual({ verdict: 'PASS', first: null, exit: 0 });
    },
    CASE_MS_MAX,
  );

  it(
    'is good again when it is put back, and what was found stays told',
    async () => {
      writeFileSync(file(script), whole);
      cpSync(join('dist/web', WEB_MANIFEST), file(WEB_MANIFEST));
      system.kill('main');
      await system.ready('main');
      for (const site of SITES) expect((await found(site, 'GOOD')).lastFault).not.toBeNull();
    },
    CASE_MS_MAX,
  );
});
