import { RIGHTS, type Need } from '@app/contracts';
import { createLogger, loadConfig, readVariable } from '@app/platform';
import { createDatabase, testRedisUrl, type TestDatabase } from '@app/testing';
import { type NeedRow, needTable } from '@app/venue';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type AppKit, bootApp } from '../../apps/main-venue/test/support/app-kit.js';
import { INSTALLATION, profile, storageKeyText, TestPeople } from '../../apps/main-venue/test/support/people.js';
import { createSite } from '../../apps/sub-venue/src/app.js';
import { SITE_MIGRATIONS } from '../../migrations/site/index.js';

// Three applications boot here, on cores that others use too.
jest.setTimeout(120_000);

const PAGE = join(process.cwd(), 'docs', 'permissions.md');
const NEEDS: readonly Need[] = ['public', 'session', ...RIGHTS];

/** Goal: nothing can be asked of a venue that names no need, and the page of permissions says what is so. Method: walk the booted applications. */
describe('permissions', () => {
  let main: AppKit;
  const sites: { site: NestExpressApplication; database: TestDatabase }[] = [];
  let folder: string;
  let tables: Readonly<Record<'main venue' | 'site' | 'supervision', readonly NeedRow[]>>;

  async function bootSite(role: 'sub' | 'supervision', people: TestPeople): Promise<NestExpressApplication> {
    const database = await createDatabase(SITE_MIGRATIONS);
    const node = people.nodes.find(({ id }) => id === 'sub-1');
    const file = join(folder, `${role}.json`);
    await writeFile(
      file,
      JSON.stringify({ node: node?.signer.privateKey, witness: profile.generateSigner('node').privateKey, storage: storageKeyText() }),
    );
    const config = loadConfig({
      VENUE_ID: role,
      VENUE_ROLE: role,
      INSTALLATION,
      PORT: '0',
      DATABASE_URL: database.url,
      REDIS_URL: testRedisUrl(),
      MAIN_URL: main.url,
      PUBLIC_URL: 'http://127.0.0.1:7101',
      DATA_DIR: folder,
      KEYS_FILE: file,
      MEDIA_WORKERS: '0',
      LOG_LEVEL: 'silent',
    });
    const site = await createSite(config, createLogger({ name: role, level: 'silent' }));
    await site.listen(0, '127.0.0.1');
    sites.push({ site, database });
    return site;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-permissions-'));
    const people = await TestPeople.create();
    main = await bootApp(people);
    const [site, supervision] = [await bootSite('sub', people), await bootSite('supervision', people)];
    tables = { 'main venue': needTable(main.app), site: needTable(site), supervision: needTable(supervision) };
  });
  afterAll(async () => {
    for (const { site, database } of sites) {
      await site.close();
      await database.drop();
    }
    await main.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are named for every route and every message of every venue', () => {
    for (const [venue, rows] of Object.entries(tables)) {
      expect(rows.length).toBeGreaterThan(3);
      expect(rows.filter(({ need }) => need === null).map(({ place }) => `${venue}: ${place}`)).toEqual([]);
    }
    expect(tables['main venue'].map(({ place }) => place)).toEqual(
      expect.arrayContaining(['GET /api/lots/:lot/entries', 'GET /api/venues', '/lots lot:watch']),
    );
    expect(tables.site.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['GET /api/me/lots', 'GET /api/venues', '/lots command:submit']),
    );
  });

  it('go with what every route answers, so that /api/docs shows it, under the version of this release', async () => {
    for (const [venue, rows] of Object.entries(tables))
      expect(rows.filter(({ isAnswered }) => !isAnswered).map(({ place }) => `${venue}: ${place}`)).toEqual([]);
    const zDocs = z.object({ info: z.object({ version: z.string() }), paths: z.record(z.string(), z.unknown()) });
    const docs = zDocs.parse(await (await fetch(`${main.url}/api/docs-json`)).json());
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile('package.json', 'utf8')));
    expect([docs.info.version, Object.keys(docs.paths).includes('/api/uploads')]).toEqual([version, true]);
  });

  it('cover every address that the servers route', () => {
    const routed = [main.app, ...sites.map(({ site }) => site)].map(routesOf);
    const known = [tables['main venue'], tables.site, tables.supervision].map((rows) => new Set(rows.map(({ place }) => place)));
    const unknown = routed.flatMap((routes, index) =>
      routes.filter((route) => known[index]?.has(route) !== true && !route.includes(' /api/docs')),
    );
    expect(routed.map((routes) => routes.length > 3)).toEqual([true, true, true]);
    expect(unknown).toEqual([]);
  });

  it('stand in docs/permissions.md as they are (npm run docs:permissions writes it)', async () => {
    const page = pageOf(tables);
    if (readVariable('GONGPING_WRITE_DOCS') !== undefined) await writeFile(PAGE, page);
    expect(await readFile(PAGE, 'utf8')).toBe(page);
  });
});

/** What Express was told to route. */
function routesOf(app: NestExpressApplication): string[] {
  const { router } = app.getHttpAdapter().getInstance();
  return router.stack.flatMap(({ route }) =>
    route === undefined ? [] : route.stack.map(({ method }) => `${method.toUpperCase()} ${route.path}`),
  );
}

/** The page, in the form that Prettier leaves alone. */
function pageOf(tables: Readonly<Record<string, readonly NeedRow[]>>): string {
  const venues = Object.keys(tables);
  const places = [...new Set(Object.values(tables).flatMap((rows) => rows.map(({ place }) => place)))];
  const needAt = (venue: string, place: string): Need | null => tables[venue]?.find((row) => row.place === place)?.need ?? null;
  const needOf = (place: string): Need | null => venues.map((venue) => needAt(venue, place)).find((need) => need !== null) ?? null;
  const rows = places
    .map((place) => ({ place, need: needOf(place) }))
    .sort((a, b) => NEEDS.indexOf(a.need ?? 'public') - NEEDS.indexOf(b.need ?? 'public') || (a.place < b.place ? -1 : 1))
    .map(({ place, need }) => [`\`${need ?? ''}\``, `\`${place}\``, ...venues.map((venue) => (needAt(venue, place) === null ? '' : '×'))]);
  const table = [['need', 'route or message', ...venues], ...rows];
  const widths = table[0]?.map((_cell, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = table;
  return [
    '# Permissions',
    '',
    'Who may ask what of which server. Written by `npm run docs:permissions` from the `@Needs` of the handlers; a test compares it with the booted',
    'applications. `public`: anybody, and whoever is logged in sees more. `session`: a login; what it shows is the lot’s word. Anything else is a right of',
    '`libs/contracts/src/rights.ts`, granted by role in the registry. A command carries its own signature and is judged by the rules of its lot.',
    '',
    line(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...body.map(line),
    '',
  ].join('\n');
}
