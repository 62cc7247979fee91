import { signWish, VenueClient } from '@app/client';
import { type ApiKey, type IssuedKey, zApiKeyPage, zChangePage, zIssuedKey } from '@app/contracts';
import { type LotImport, need, zImportedLot, zImportedLotPage, zLotImport, zLotImported } from '@app/evaluation';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { bootApp, type AppKit } from './support/app-kit.js';
import { IMPORT_EXAMPLE } from './support/import-example.js';
import { grantLotRights, lotToCreate } from './support/lot.js';
import { createPool } from '@app/platform';
import { INSTALLATION, profile, TestPeople, type TestPerson } from './support/people.js';

const BOOT_MS_MAX = 60_000;
const example: LotImport = zLotImport.parse(JSON.parse(IMPORT_EXAMPLE));

/** Goal: a platform hands a lot over once, whatever it sends and however often; nobody else can, and nothing of it acts for a person. */
describe('lots from an upstream trading platform (上游交易平台导入)', () => {
  let people: TestPeople;
  let kit: AppKit;
  let pool: Pool;
  let key: IssuedKey;
  const persons = new Map<string, TestPerson>();
  const tokens = new Map<string, string>();
  const one = (id: string): TestPerson => need(persons.get(id));

  beforeAll(async () => {
    people = await TestPeople.create();
    const seats = [
      ['p-agency', 'o-agency', null],
      ['p-tenderer', 'o-tenderer', null],
      ['p-supervisor', 'o-authority', null],
      ['p-other', 'o-other-agency', 'agency'],
      ['p-admin', 'o-centre', 'administrator'],
      ['p-office', 'o-centre', 'pool-office'],
      ['p-platform', 'o-platform', null],
    ] as const;
    for (const [id, organisation, role] of seats) {
      const made = await people.person(id, organisation);
      persons.set(id, made);
      if (role !== null) people.grant(made, role);
    }
    grantLotRights(people, { agency: one('p-agency'), tenderer: one('p-tenderer'), supervisor: one('p-supervisor') });
    kit = await bootApp(people, { LOT_IMPORTS_PER_MINUTE_MAX: '40' });
    pool = createPool({ url: kit.database.url, name: 'look', connectionsMax: 1, onError: () => undefined });
    for (const id of ['p-agency', 'p-other', 'p-admin', 'p-office'])
      tokens.set(id, (await new VenueClient(kit.url, profile, one(id).identity).login()).token);
    key = await issued(['lots:import']);
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await pool.end();
    await kit.close();
  });

  async function ask(token: string | null, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
    const sent = body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(`${kit.url}/api/${path}`, { headers, ...sent });
    return { status: answer.status, body: await answer.json() };
  }
  const by = (id: string, path: string, body?: unknown) => ask(tokens.get(id) ?? '', path, body);
  const post = (body: unknown, token: string | null = key.token) => ask(token, 'imports/lots', body);
  async function issued(rights: readonly string[]): Promise<IssuedKey> {
    const answer = await by('p-admin', 'registry/keys', { name: '省交易平台', organisation: 'o-platform', rights, days: 30 });
    return zIssuedKey.parse(answer.body);
  }
  const keys = async (): Promise<ApiKey[]> => zApiKeyPage.parse((await by('p-admin', 'registry/keys')).body).items;
  const waiting = async (id: string): Promise<string[]> =>
    zImportedLotPage.parse((await by(id, 'founding/imports')).body).items.map(({ id: upstream }) => upstream);

  it('takes the worked example in for the agency that it names, once, and shows it to nobody else', async () => {
    const first = zLotImported.parse((await post(IMPORT_EXAMPLE)).body);
    // Another order of the fields, another key of the same platform: the same content.
    const again = Object.fromEntries(Object.entries(example).reverse());
    expect((await post(again, (await issued(['lots:import'])).token)).body).toEqual(first);
    expect(await waiting('p-agency')).toEqual([example.id]);
    expect(await waiting('p-other')).toEqual([]);
    const { body } = await by('p-agency', `founding/imports/${first.lot}`);
    expect(zImportedLot.parse(body)).toMatchObject({ from: { id: 'o-platform' }, content: example });
    expect(await by('p-other', `founding/imports/${first.lot}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect((await by('p-office', 'founding/imports')).status).toBe(403);
  });

  it('refuses the same id with another content, and keeps what came first', async () => {
    const changed = { ...example, project: { ...example.project, name: '改过的项目' } };
    expect(await post(changed)).toMatchObject({
      status: 409,
      body: { code: 'E_IMPORT_CONFLICT', message: expect.stringContaining(example.id) },
    });
    expect((await post(example)).status).toBe(200);
    expect((await post({ ...changed, id: `${example.id}-2` })).status).toBe(200);
    expect(await waiting('p-agency')).toEqual([example.id, `${example.id}-2`]);
  });

  it('makes one of many that come at the same time', async () => {
    const racing = { ...example, id: 'racing' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(racing)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${zLotImported.parse(body).lot}`)).size).toBe(1);
  });

  const { lot } = example;
  const wrong: readonly (readonly [string, unknown, number, string, string])[] = [
    ['an unknown field', { ...example, deadline: '2026' }, 400, 'MALFORMED', 'deadline'],
    ['an unknown field of the lot', { ...example, lot: { ...lot, founder: 'p-agency' } }, 400, 'MALFORMED', 'founder'],
    ['an unknown field of the rules', { ...example, lot: { ...lot, rules: { bonus: 5 } } }, 400, 'MALFORMED', 'bonus'],
    ['a name that is too long', { ...example, lot: { ...lot, name: '长'.repeat(201) } }, 400, 'MALFORMED', 'lot.name'],
    ['three decimals', { ...example, lot: { ...lot, rules: { ceiling: '1.005' } } }, 400, 'MALFORMED', 'lot.rules.ceiling'],
    ['no id', { ...example, id: '' }, 400, 'MALFORMED', 'id'],
    ['an agency that nobody knows', { ...example, id: 'x', agency: '91330000999999999X' }, 404, 'NOT_FOUND', 'agency'],
    ['no JSON', '{', 400, 'MALFORMED', 'JSON'],
    ['more than fits', JSON.stringify({ ...example, note: 'x'.repeat(3_000_000) }), 413, 'TOO_LARGE', 'MESSAGE_BYTES_MAX'],
  ];
  it.each(wrong)('refuses %s and says where', async (_what, body, status, code, where) => {
    const before = await waiting('p-agency');
    expect(await post(body)).toMatchObject({ status, body: { code, message: expect.stringContaining(where) } });
    expect(await waiting('p-agency')).toEqual(before);
  });

  it('is for keys with the right: not for another right, a person, a guess or nobody', async () => {
    const watcher = await issued(['jobs:read']);
    expect(await post(example, watcher.token)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((await ask(watcher.token, 'jobs')).status).toBe(200);
    expect(await post(example, tokens.get('p-admin'))).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await post(example, null)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    const guess = `${key.token.slice(0, -2)}${key.token.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(await post(example, guess)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    for (const path of ['registry/people', 'founding/imports', 'me/lots'])
      expect([path, [401, 403].includes((await ask(key.token, path)).status)]).toEqual([path, true]);
  });

  it('makes keys for whoever holds their rights, and no key with a right that is a person’s', async () => {
    const wish = { name: 'x', organisation: 'o-platform', rights: ['lots:import'], days: 30 };
    expect(await by('p-office', 'registry/keys', wish)).toMatchObject({ status: 409, body: { code: 'E_RIGHT_NOT_HELD' } });
    expect((await by('p-agency', 'registry/keys', wish)).status).toBe(403);
    for (const bad of [{ rights: ['registry:write'] }, { rights: [] }, { days: 367 }, { name: '' }, { secret: 'mine' }])
      expect(await by('p-admin', 'registry/keys', { ...wish, ...bad })).toMatchObject({ status: 400, body: { code: 'MALFORMED' } });
    expect((await by('p-admin', 'registry/keys', { ...wish, organisation: 'o-none' })).status).toBe(404);
  });

  it('keeps no secret, says when a key was used, and has all of it on the record', async () => {
    const [secret = ''] = /[^_]{43}$|.{43}$/.exec(key.token) ?? [];
    const { rows } = await pool.query('SELECT to_jsonb(k)::text FROM api_key k UNION ALL SELECT to_jsonb(c)::text FROM registry_change c');
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect((await keys()).find(({ id }) => id === key.key.id)).toMatchObject({ standing: 'good', usedAt: expect.any(String) });
    expect(JSON.stringify(await keys())).not.toContain(secret);
    const made = zChangePage.parse((await by('p-admin', `registry/changes?kind=key&subject=${key.key.id}`)).body).items;
    expect(made).toMatchObject([{ action: 'put', by: { id: 'p-admin' }, key: null }]);
    const subject = encodeURIComponent(`o-platform/${example.id}`);
    const taken = zChangePage.parse((await by('p-admin', `registry/changes?kind=lot-import&subject=${subject}`)).body).items;
    // Once: repetitions and refusals changed nothing.
    expect(taken).toMatchObject([{ action: 'import', by: null, key: { id: key.key.id, name: '省交易平台' } }]);
  });

  it('refuses a revoked key from the next request on', async () => {
    const lost = await issued(['lots:import']);
    expect((await post(example, lost.token)).status).toBe(200);
    const path = `registry/keys/${lost.key.id}/revocation`;
    expect(await by('p-office', path, { reason: '泄露' })).toMatchObject({ status: 409, body: { code: 'E_RIGHT_NOT_HELD' } });
    expect(await by('p-admin', path, { reason: '泄露' })).toMatchObject({ status: 200, body: { standing: 'revoked' } });
    expect(await post(example, lost.token)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect((await post(example)).status).toBe(200);
  });

  it('waits no more once a person has founded it, and is founded once', async () => {
    const { lot: name } = zLotImported.parse((await post(example)).body);
    const cast = { agency: one('p-agency'), tenderer: one('p-tenderer'), supervisor: one('p-supervisor') };
    const place = { origin: `${INSTALLATION}/lot/${name}/1`, lot: name, round: 1 };
    const found = async () => {
      const { payload, secrets } = lotToCreate(people, cast);
      const at = '2026-03-24T01:30:00.000Z';
      const wish = { type: 'lot.create', payload: payload as never, party: 'agency', at, basis: 0, secrets };
      return new VenueClient(kit.url, profile, cast.agency.identity).submit(await signWish(profile, cast.agency.identity, place, wish));
    };
    expect((await found()).outcome).toMatchObject({ ok: true });
    expect(await waiting('p-agency')).not.toContain(example.id);
    expect((await found()).outcome).toMatchObject({ ok: false, code: 'E_ALREADY_DONE' });
    // The platform's repetition is still answered.
    expect(zLotImported.parse((await post(example)).body).lot).toBe(name);
  });

  it('counts what a key sends', async () => {
    const flood = await Promise.all(Array.from({ length: 41 }, () => post(example)));
    const refused = flood.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('LOT_IMPORTS_PER_MINUTE_MAX') });
  });
});
