import { VenueClient } from '@app/client';
import { readVariable } from '@app/platform';
import { freePort, testRedisUrl, testServices } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { profile, TestPeople } from '../../apps/main-venue/test/support/people.js';

const TEST_MS_MAX = 300_000;
const READY_MS_MAX = 120_000;
const run = promisify(execFile);
const zKeys = z.object({ nodeKey: z.string(), witnessKey: z.string().nullable(), answerKey: z.string(), logKey: z.string().nullable() });

/** The guide's own commands, up to its registry and from its configuration on. */
const GUIDE = readFileSync('docs/guide/operator.md', 'utf8');
const [beforeRegistry, configuration] = GUIDE.split('## 4. The registry').map((half) =>
  [...half.matchAll(/^```sh\n(.*?)^```$/gms)].map((block) => block[1]).join('\n'),
);
const settings = /^export ETC.*?(?=^umask)/ms.exec(GUIDE)?.[0] ?? '';

describe('SEC-18 an installation by the guide for operators, in production and without DEMO', () => {
  const home = mkdtempSync(join(tmpdir(), 'gongping-production-'));
  const etc = join(home, 'etc');
  const processes: ChildProcess[] = [];
  const urls = { main: '', site: '' };
  let people: TestPeople;

  const read = (name: string): string => readFileSync(join(etc, name), 'utf8');
  const readJson = <T>(name: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(read(name)));
  const start = (venue: string, program: string): void => {
    const script = `set -ae; . "${join(etc, `${venue}.env`)}"; exec "${process.execPath}" --enable-source-maps dist/apps/${program}/src/main.js`;
    processes.push(spawn('bash', ['-c', script], { env: { PATH: readVariable('PATH') }, stdio: ['ignore', 'ignore', 'inherit'] }));
  };
  async function ready(url: string, isReady: (facts: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    let last: Record<string, unknown> = {};
    const endMs = performance.now() + READY_MS_MAX;
    while (performance.now() < endMs) {
      await sleep(250);
      try {
        const answer = await fetch(`${url}/readyz`);
        last = z.record(z.string(), z.unknown()).parse(await answer.json());
        if (answer.ok && isReady(last)) return last;
      } catch {
        // Not listening yet.
      }
    }
    throw new Error(`${url} is not ready: ${JSON.stringify(last)}`);
  }

  beforeAll(async () => {
    people = await TestPeople.create();
    await people.person('p-admin', 'o-authority');
    const [mainPort, sitePort] = [await freePort(), await freePort()];
    Object.assign(urls, { main: `http://127.0.0.1:${String(mainPort)}`, site: `http://127.0.0.1:${String(sitePort)}` });
    const env = {
      PATH: readVariable('PATH'),
      HOME: readVariable('HOME'),
      ETC: etc,
      DATA: join(home, 'data'),
      MAIN_PUBLIC: urls.main,
      SITE_PUBLIC: urls.site,
      MAIN_PORT: String(mainPort),
      SITE_PORT: String(sitePort),
    };
    // What the guide asks the operator to write by hand before and between its commands.
    const { superUrl } = testServices();
    await run('mkdir', ['-p', '-m', '700', etc]);
    writeFileSync(join(etc, 'postgres.url'), `${superUrl}\n`, { mode: 0o600 });
    writeFileSync(join(etc, 'redis.url'), `${testRedisUrl()}\n`, { mode: 0o600 });
    await run('bash', ['-euo', 'pipefail', '-c', beforeRegistry ?? ''], { env });
    const [main, site] = [readJson('main.public.json', zKeys), readJson('ningbo.public.json', zKeys)];
    const kept = readJson('ningbo/keys.json', z.record(z.string(), z.unknown()));
    const pins = { main: main.nodeKey, mainAnswer: main.answerKey, mainLog: main.logKey };
    writeFileSync(join(etc, 'ningbo', 'keys.json'), JSON.stringify({ ...kept, ...pins }));
    const venue = (id: string, role: 'main' | 'sub', { nodeKey, witnessKey }: z.infer<typeof zKeys>, url: string) => ({
      ...{ id, name: id, role, city: 'Ningbo', url, nodeKey, witnessKey, rooms: [] },
    });
    const venues = [venue('main', 'main', main, urls.main), venue('ningbo', 'sub', site, urls.site)];
    writeFileSync(join(etc, 'registry.json'), JSON.stringify({ ...(await people.registry()), venues }), { mode: 0o600 });
    const node = `export NODE="${process.execPath}"`;
    await run('bash', ['-euo', 'pipefail', '-c', [settings, 'umask 077', node, configuration].join('\n')], { env });
    start('main', 'main-venue');
    start('ningbo', 'sub-venue');
  }, TEST_MS_MAX);
  afterAll(async () => {
    for (const child of processes) {
      const ended = child.exitCode === null ? once(child, 'exit') : null;
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(home, { recursive: true, force: true });
  }, TEST_MS_MAX);

  it(
    'is ready, its line is up, people log in, and nobody is given a key',
    async () => {
      await ready(urls.main, () => true);
      await ready(urls.site, ({ line }) => line === 'up');
      const [admin] = people.persons;
      if (admin === undefined) throw new Error('nobody');
      const session = await new VenueClient(urls.main, profile, admin.identity).login();
      expect(session.person.id).toBe('p-admin');
      for (const url of Object.values(urls)) expect((await fetch(`${url}/api/demo/identities`)).status).toBe(404);
    },
    TEST_MS_MAX,
  );

  it('keeps its secrets in files of its user alone, and none in its configuration', () => {
    for (const name of readdirSync(etc, { recursive: true, encoding: 'utf8' })) {
      const { mode } = statSync(join(etc, name));
      expect([name, (mode & 0o077).toString(8)]).toEqual([name, '0']);
    }
    for (const name of ['main.env', 'ningbo.env']) {
      expect(read(name)).not.toMatch(/postgres(ql)?:|rediss?:|DEMO/);
      expect(read(name)).toContain('NODE_ENV=production');
    }
    expect(read('ningbo.env')).not.toMatch(/REDIS|ERASER/);
  });
});
