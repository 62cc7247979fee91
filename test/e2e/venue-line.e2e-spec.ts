import { signWish, VenueClient } from '@app/client';
import type { Answer, JsonObject, LotsClientToServer, LotsServerToClient, SentEntry, SignedCommand, SigningPurpose } from '@app/contracts';
import { decodePage, pageHeaders, pageParts, PART, toBase64Url, zProblem, zVenueLine } from '@app/contracts';
import { loadConfig, SystemClock, createLogger } from '@app/platform';
import { signWith } from '@app/sealing';
import type { TestDatabase } from '@app/testing';
import { createDatabase, LineProxy, statusOf } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { bootApp, type AppKit } from '../../apps/main-venue/test/support/app-kit.js';
import { bidKey, grantLotRights, lotToCreate, WITNESS_KEY } from '../../apps/main-venue/test/support/lot.js';
import { INSTALLATION, profile, storageKeyText, TestPeople, type TestPerson } from '../../apps/main-venue/test/support/people.js';
import { createSite } from '../../apps/sub-venue/src/app.js';
import { Outbox } from '../../apps/sub-venue/src/outbox/outbox.js';
import { Replicas } from '../../apps/sub-venue/src/replica/replicas.js';
import { Uplink } from '../../apps/sub-venue/src/uplink/uplink.js';
import { SITE_MIGRATIONS } from '../../migrations/site/index.js';

// Two applications boot here, on cores that others use too.
jest.setTimeout(60_000);

const LOT = 'lot-1';
const ORIGIN = `${INSTALLATION}/lot/${LOT}/1`;
const minutesFromNow = (minutes: number): string => new Date(new SystemClock().nowMs() + minutes * 60_000).toISOString();
type Line = Socket<LotsServerToClient, LotsClientToServer>;

/**
 * Goal: a site and its main venue over a line that is cut and mended, with what a seat sees all the while. Method: both real
 * applications in this process, each with its own database, and a TCP line between them that the test cuts.
 */
describe('a site and its main venue', () => {
  let people: TestPeople;
  let main: AppKit;
  let line: LineProxy;
  let lineUrl: string;
  let database: TestDatabase;
  let folder: string;
  let site: INestApplication;
  let siteUrl: string;
  let agency: TestPerson;
  let tenderer: TestPerson;
  let supervisor: TestPerson;
  let seat: Line | null = null;
  const seen: SentEntry[] = [];
  const late: Answer[] = [];

  const wish = (person: TestPerson, party: string, type: string, payload: JsonObject, secrets = {}): Promise<SignedCommand> =>
    signWish(
      profile,
      person.identity,
      { origin: ORIGIN, lot: LOT, round: 1 },
      { type, payload, party, at: new SystemClock().instant(), basis: 0, secrets },
    );
  const opinion = (text: string): Promise<SignedCommand> => wish(supervisor, 'supervisor', 'lot.give-opinion', { text, target: 'lot' });
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 400 && !(await holds()); turn += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await holds()).toBe(true);
  };
  const mainSize = async (): Promise<number> => {
    const client = new VenueClient(main.url, profile, agency.identity);
    await client.login();
    return (await client.entries(LOT, 1, 0)).size;
  };
  const submit = (signed: SignedCommand): Promise<Parameters<Parameters<LotsClientToServer['command:submit']>[1]>[0]> =>
    new Promise((resolve) => sitting().emit('command:submit', signed, resolve));

  const sitting = (): Line => {
    if (seat === null) throw new Error('nobody sits there');
    return seat;
  };

  /** Asks the site for the entries that it mirrors, as the main venue does that was restored too short. */
  const mirrored = async (
    from: number,
    signer = people.nodes.find(({ id }) => id === 'main')?.signer,
    more: JsonObject = {},
    purpose: SigningPurpose = 'mirrorRequest',
  ): Promise<Response> => {
    if (signer === undefined) throw new Error('no main node');
    const hello = { v: 1, venue: 'main', installation: INSTALLATION, at: new SystemClock().instant(), nonce: profile.newSalt() };
    const request = { ...hello, to: 'sub-1', origin: ORIGIN, from, ...more };
    const proof = toBase64Url(Buffer.from(JSON.stringify({ request, signature: signWith(signer, purpose, request) })));
    return fetch(`${siteUrl}/mirror/entries?origin=${encodeURIComponent(ORIGIN)}&from=${String(from)}`, {
      headers: { authorization: `Venue ${proof}` },
    });
  };

  async function bootSite(): Promise<void> {
    const node = people.nodes.find(({ id }) => id === 'sub-1');
    const keys = { node: node?.signer.privateKey, witness: profile.generateSigner('node').privateKey, storage: storageKey };
    await writeFile(join(folder, 'sub-1.json'), JSON.stringify(keys));
    const config = loadConfig({
      VENUE_ID: 'sub-1',
      VENUE_ROLE: 'sub',
      INSTALLATION,
      PORT: '0',
      DATABASE_URL: database.url,
      MAIN_URL: lineUrl,
      PUBLIC_URL: 'http://127.0.0.1:7101',
      DATA_DIR: folder,
      KEYS_FILE: join(folder, 'sub-1.json'),
      MEDIA_WORKERS: '0',
      LOG_LEVEL: 'silent',
    });
    site = await createSite(config, createLogger({ name: 'sub-1', level: 'silent' }));
    await site.listen(0, '127.0.0.1');
    siteUrl = (await site.getUrl()).replace('[::1]', '127.0.0.1');
  }
  let storageKey = '';

  async function takeSeat(): Promise<void> {
    const { token } = await new VenueClient(siteUrl, profile, supervisor.identity).login();
    const socket: Line = io(`${siteUrl}/lots`, { transports: ['websocket'], auth: { token }, reconnection: false });
    seat = socket;
    socket.on('entries:appended', ({ entries }) => seen.push(...entries));
    socket.on('command:answered', (answer) => late.push(answer));
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
  }

  beforeAll(async () => {
    storageKey = storageKeyText();
    people = await TestPeople.create();
    agency = await people.person('p-agency', 'o-agency');
    tenderer = await people.person('p-tenderer', 'o-tenderer');
    supervisor = await people.person('p-supervisor', 'o-authority');
    grantLotRights(people, { agency, tenderer, supervisor });
    people.witnessKeys.set('sub-1', WITNESS_KEY);
    main = await bootApp(people);
    const [documentsFrom, documentsUntil, deadline] = [0, 30, 60].map((minutes) => minutesFromNow(minutes));
    const schedule = { documentsFrom, documentsUntil, deadline } as JsonObject;
    const { payload, secrets } = lotToCreate(people, { agency, tenderer, supervisor }, { schedule });
    const parties = (payload['parties'] as JsonObject[]).map((party) =>
      party['party'] === 'supervisor' ? { ...party, venue: 'sub-1', seat: 'seat-1' } : party,
    );
    const answer = await new VenueClient(main.url, profile, agency.identity).submit(
      await wish(agency, 'agency', 'lot.create', { ...payload, parties }, secrets),
    );
    expect(answer.outcome).toMatchObject({ ok: true });
    line = new LineProxy(Number(new URL(main.url).port));
    lineUrl = `http://127.0.0.1:${await line.listen()}`;
    database = await createDatabase(SITE_MIGRATIONS);
    folder = await mkdtemp(join(tmpdir(), 'gongping-site-'));
    await bootSite();
    await until(() => site.get(Uplink).isUp);
  });
  afterAll(async () => {
    seat?.close();
    await site.close();
    await line.close();
    await main.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('replicates the lot, and publishes the keys that the lot asks of it as a keeper', async () => {
    await until(() => site.get(Replicas).find(ORIGIN)?.state.keepers.published['bids']?.['node:sub-1'] !== undefined);
    const replica = site.get(Replicas).find(ORIGIN);
    await until(async () => replica?.size === (await mainSize()));
  });

  it('lets a person who is seated here log in, and nobody else', async () => {
    await takeSeat();
    const client = new VenueClient(siteUrl, profile, supervisor.identity);
    expect((await client.login()).person.id).toBe('p-supervisor');
    expect((await client.lots()).map(({ lot, parties }) => ({ lot, parties }))).toEqual([
      { lot: LOT, parties: [{ party: 'supervisor', roles: ['supervisor'] }] },
    ]);
    await expect(new VenueClient(siteUrl, profile, agency.identity).login()).rejects.toMatchObject({ code: 'NOT_SEATED' });
  });

  it('shows a seat the same entries that the main venue shows it', async () => {
    const here = new VenueClient(siteUrl, profile, supervisor.identity);
    await here.login();
    const there = new VenueClient(main.url, profile, supervisor.identity);
    await there.login();
    const size = await mainSize();
    await until(() => site.get(Replicas).find(ORIGIN)?.state.size === size);
    expect(await here.entries(LOT, 1, 0)).toEqual(await there.entries(LOT, 1, 0));
  });

  describe('files', () => {
    const content = Uint8Array.from({ length: 600_000 }, (_none, index) => (index * 31) % 251);
    const hash = profile.hashHex(content);
    let token = '';
    const read = async (headers: Record<string, string> = { authorization: `Bearer ${token}` }, name = hash) => {
      const response = await fetch(`${siteUrl}/api/blobs/${name}`, { headers });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const problem = response.ok ? null : zProblem.parse(JSON.parse(new TextDecoder().decode(bytes)));
      const range = response.headers.get('content-range');
      return { status: response.status, code: problem?.code ?? null, range, hash: profile.hashHex(bytes) };
    };
    const asNode = (signer = people.nodes.find(({ id }) => id === 'sub-1')?.signer, more: JsonObject = {}): string => {
      if (signer === undefined) throw new Error('no such node');
      const hello = { v: 1, venue: 'sub-1', to: 'main', installation: INSTALLATION, at: new SystemClock().instant() };
      const request = { ...hello, nonce: profile.newSalt(), hash, ...more };
      const signature = signWith(signer, 'fileRequest', request);
      return `Venue ${toBase64Url(Buffer.from(JSON.stringify({ request, signature })))}`;
    };
    const fromMain = (authorization?: string): Promise<number> =>
      statusOf(fetch(`${main.url}/venue/files/${hash}`, { headers: authorization === undefined ? {} : { authorization } }));

    it('of the main venue come to a seat through its site, whole and in ranges, for whoever is logged in', async () => {
      const there = new VenueClient(main.url, profile, supervisor.identity);
      await there.login();
      await there.upload(hash, content, { lot: LOT });
      ({ token } = await new VenueClient(siteUrl, profile, supervisor.identity).login());
      expect(await read()).toEqual({ status: 200, code: null, range: null, hash });
      const part = await read({ authorization: `Bearer ${token}`, range: 'bytes=300000-300009' });
      const ten = profile.hashHex(content.subarray(300_000, 300_010));
      expect(part).toEqual({ status: 206, code: null, range: 'bytes 300000-300009/600000', hash: ten });
      expect(await read({ authorization: `Bearer ${token}`, range: 'bytes=600000-' })).toMatchObject({ status: 416 });
      expect(await read({})).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(await read(undefined, '0'.repeat(64))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    });

    it('open to a site’s node key, for one file and once, and to nobody else', async () => {
      const good = asNode();
      expect([await fromMain(good), await fromMain(good), await fromMain()]).toEqual([200, 403, 401]);
      expect(await fromMain(asNode(profile.generateSigner('node')))).toBe(403);
      const late = new Date(new SystemClock().nowMs() - 600_000).toISOString();
      for (const other of [{ hash: '0'.repeat(64) }, { to: 'sub-2' }, { installation: 'other.test' }, { venue: 'sub-9' }, { at: late }])
        expect(await fromMain(asNode(undefined, other))).toBe(403);
      const seat = await new VenueClient(main.url, profile, supervisor.identity).login();
      expect(await fromMain(`Bearer ${seat.token}`)).toBe(401);
    });

    it('are not to be had while the line is cut, and are again afterwards', async () => {
      line.cut();
      await until(() => !site.get(Uplink).isUp);
      expect(await read()).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
      line.mend();
      await until(() => site.get(Uplink).isUp);
      expect(await read()).toMatchObject({ status: 200, hash });
    });
  });

  it('gives a seat the main venue’s own signed answer at once while the line is up', async () => {
    const watched = await new Promise((resolve) => sitting().emit('lot:watch', { lot: LOT, round: 1, from: 0 }, resolve));
    expect(watched).toMatchObject({ ok: true });
    const signed = await opinion('first');
    const reply = await submit(signed);
    expect(reply).toMatchObject({ ok: true, data: { outcome: { ok: true, id: signed.command.id } } });
    const { answerKey } = await new VenueClient(siteUrl, profile, supervisor.identity).installation();
    expect(reply.ok && reply.data.proof.key).toBe(answerKey);
    await until(() => seen.some(({ parts }) => parts['command']?.text.includes(signed.command.id) === true));
  });

  it('keeps commands while the line is cut, goes on showing the lot, and answers when the line is back (已暂存，待主场确认)', async () => {
    line.cut();
    await until(() => !site.get(Uplink).isUp);
    const before = await mainSize();
    const kept = [await opinion('kept 1'), await opinion('kept 2'), await opinion('kept 3')];
    for (const signed of kept) expect(await submit(signed)).toMatchObject({ ok: false, code: 'QUEUED' });
    const refused = await wish(supervisor, 'supervisor', 'lot.publish', { documentPackage: '0'.repeat(64) });
    expect(await submit(refused)).toMatchObject({ ok: false, code: 'QUEUED' });
    const after = await opinion('after a refusal');
    expect(await submit(after)).toMatchObject({ ok: false, code: 'QUEUED' });
    const client = new VenueClient(siteUrl, profile, supervisor.identity);
    await client.login();
    expect((await client.entries(LOT, 1, 0)).size).toBe(before);
    const lines = zVenueLine.array().parse(await client.get('/api/venues'));
    expect(lines.find(({ venue }) => venue === 'sub-1')).toMatchObject({ line: 'down', waiting: 5 });
    line.mend();
    await until(() => late.length === 5);
    expect(late.map(({ outcome }) => [outcome.id, outcome.ok])).toEqual([
      ...kept.map(({ command }) => [command.id, true]),
      [refused.command.id, false],
      [after.command.id, true],
    ]);
    expect(late.flatMap(({ outcome }) => (outcome.ok ? [outcome.seq] : []))).toEqual([before, before + 1, before + 2, before + 3]);
    expect(await mainSize()).toBe(before + 4);
    await until(() => site.get(Replicas).find(ORIGIN)?.state.size === before + 4);
  });

  it('delivers what it kept after it was killed and started again, once', async () => {
    line.cut();
    await until(() => !site.get(Uplink).isUp);
    const before = await mainSize();
    const signed = await opinion('over a restart');
    expect(await submit(signed)).toMatchObject({ ok: false, code: 'QUEUED' });
    sitting().close();
    await site.close();
    line.mend();
    await bootSite();
    await until(() => site.get(Uplink).isUp);
    await until(() => site.get(Outbox).waitingCount === 0);
    expect((await site.get(Outbox).answerOf(signed.command.id))?.outcome).toMatchObject({ ok: true, seq: before });
    expect(await mainSize()).toBe(before + 1);
    await takeSeat();
    expect(await submit(signed)).toMatchObject({ ok: true, data: { outcome: { seq: before } } });
  });

  it('is shown by the main venue as a line that is up, with what it has replicated', async () => {
    await until(async () => {
      const lines = zVenueLine.array().parse(await (await fetch(`${main.url}/api/venues`)).json());
      const mine = lines.find(({ venue }) => venue === 'sub-1');
      return mine?.line === 'up' && mine.waiting === 0 && mine.replicated[ORIGIN] === (await mainSize());
    });
  });

  it('SEC-6 gives the main venue its entries back, and nobody else', async () => {
    const page = decodePage(new Uint8Array(await (await mirrored(0)).arrayBuffer()));
    expect([page.origin, page.from, pageHeaders(page).length > 0]).toEqual([ORIGIN, 0, true]);
    expect(await statusOf(mirrored(0, profile.generateSigner('node')))).toBe(403);
    // SEC-6: a request to another site, for other entries, or the answer to some hello opens nothing here.
    const main = people.nodes.find(({ id }) => id === 'main')?.signer;
    for (const other of [{ to: 'supervision' }, { origin: `${ORIGIN}0` }, { from: 1 }])
      expect(await statusOf(mirrored(0, main, other))).toBe(403);
    for (const purpose of ['venueHello', 'venueWelcome'] as const) expect(await statusOf(mirrored(0, main, {}, purpose))).toBe(403);
    expect(await statusOf(fetch(`${siteUrl}/mirror/entries?origin=${encodeURIComponent(ORIGIN)}&from=0`))).toBe(401);
  });

  it('erases what the log orders to be erased when the line is back (个人信息保护法 47)', async () => {
    const act = async (
      person: Pick<TestPerson, 'identity'>,
      party: string,
      type: string,
      payload: JsonObject,
    ): Promise<Answer['outcome']> => {
      const target = { origin: ORIGIN, lot: LOT, round: 1 };
      const at = new SystemClock().instant();
      const signed = await signWish(profile, person.identity, target, { type, payload, party, at, basis: 0, secrets: {} });
      return (await new VenueClient(main.url, profile, agency.identity).submit(signed)).outcome;
    };
    const keepers = people.nodes.filter(({ id }) => id === 'main').map((node) => ({ node, party: `node:${node.id}` }));
    const persons = Object.entries({ tenderer, agency, supervisor }).map(([party, node]) => ({ node, party }));
    for (const { node, party } of [...persons, ...keepers])
      // The main venue's own duty may have been quicker.
      await act(node, party, 'sealing.publish-key', bidKey(LOT, party));
    expect(await act(agency, 'agency', 'lot.publish', { documentPackage: '0'.repeat(64) })).toMatchObject({ ok: true });
    expect(await act(tenderer, 'tenderer', 'lot.terminate', { reason: 'x' })).toMatchObject({ ok: true });
    const spoken = await act(supervisor, 'supervisor', 'lot.give-opinion', { text: 'x', target: 'lot' });
    if (!spoken.ok) throw new Error(spoken.message);

    /** Whether the site's disk still says who signed this entry. */
    const saysWho = async (seq: number): Promise<boolean> => {
      const page = decodePage(new Uint8Array(await (await mirrored(seq)).arrayBuffer()));
      const parts = [...pageParts(page.open, page.count), ...pageParts(page.hidden, page.count)];
      return parts.some(({ entry, name }) => page.from + entry === seq && name === PART.who);
    };
    const replica = site.get(Replicas).find(ORIGIN);
    await until(() => replica?.size === spoken.seq + 1);
    expect([await saysWho(0), await saysWho(spoken.seq)]).toEqual([true, true]);

    line.cut();
    await until(() => !site.get(Uplink).isUp);
    const parts = [0, spoken.seq].map((seq) => ({ seq, name: PART.who }));
    const ordered = await act(supervisor, 'supervisor', 'lot.erase-parts', { parts, ground: 'The period of retention is over.' });
    expect(ordered).toMatchObject({ ok: true, seq: spoken.seq + 1 });
    const there = new VenueClient(main.url, profile, supervisor.identity);
    await there.login();
    await until(async () => (await there.entries(LOT, 1, spoken.seq)).entries[0]?.parts[PART.who] === undefined);
    expect(await saysWho(spoken.seq)).toBe(true);
    line.mend();
    await until(async () => !(await saysWho(0)) && !(await saysWho(spoken.seq)));
    expect(await saysWho(1)).toBe(true);
    expect(replica?.fault).toBeNull();
    const here = new VenueClient(siteUrl, profile, supervisor.identity);
    await here.login();
    await until(async () => JSON.stringify(await here.entries(LOT, 1, 0)) === JSON.stringify(await there.entries(LOT, 1, 0)));
  });
});
