import type { Ack, Answer, JsonObject, LotsClientToServer, LotsServerToClient, SentEntry, SignedCommand } from '@app/contracts';
import { toBase64Url, utf8, zAnswer, zChallenge, zProblem, zSessionNow } from '@app/contracts';
import { signWish, VenueClient } from '@app/client';
import { generateKeeperKey, sealToKey, signWith } from '@app/sealing';
import { statusOf } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { bootApp, type AppKit } from './support/app-kit.js';
import { grantLotRights, lotToCreate } from './support/lot.js';
import { INSTALLATION, profile, TestPeople, type TestPerson } from './support/people.js';

/** The whole application boots before the first test. */
const BOOT_MS_MAX = 60_000;
const LOT = 'lot-1';
const ORIGIN = `${INSTALLATION}/lot/${LOT}/1`;

describe('the main venue', () => {
  let people: TestPeople;
  let kit: AppKit;
  let agency: TestPerson;
  let supervisor: TestPerson;
  let stranger: TestPerson;

  beforeAll(async () => {
    people = await TestPeople.create();
    agency = await people.person('p-agency', 'o-agency');
    const tenderer = await people.person('p-tenderer', 'o-tenderer');
    supervisor = await people.person('p-supervisor', 'o-authority');
    stranger = await people.person('p-stranger', 'o-bidder');
    grantLotRights(people, { agency, tenderer, supervisor });
    kit = await bootApp(people);
    const { payload, secrets } = lotToCreate(people, { agency, tenderer, supervisor });
    const client = new VenueClient(kit.url, profile, agency.identity);
    const answer = await client.submit(await wish(agency, 'agency', 'lot.create', payload, secrets));
    expect(answer.outcome).toMatchObject({ ok: true });
  }, BOOT_MS_MAX);
  afterAll(async () => kit.close());

  const wish = (person: TestPerson, party: string, type: string, payload: object, secrets = {}): Promise<SignedCommand> =>
    signWish(
      profile,
      person.identity,
      { origin: ORIGIN, lot: LOT, round: 1 },
      { type, payload: payload as never, party, at: '2026-03-24T01:30:00.000Z', basis: 0, secrets },
    );
  const opinion = (text: string): Promise<SignedCommand> => wish(supervisor, 'supervisor', 'lot.give-opinion', { text, target: 'lot' });

  it('is healthy and ready, and tells the national standard time (A-97)', async () => {
    expect(await statusOf(fetch(`${kit.url}/healthz`))).toBe(200);
    expect(await (await fetch(`${kit.url}/readyz`)).json()).toMatchObject({ status: 'ready' });
    const { now } = await new VenueClient(kit.url, profile, agency.identity).installation();
    expect(Math.abs(Date.parse(now) - performance.timeOrigin - performance.now())).toBeLessThan(5_000);
  });

  it('lets a certificate log in, lists its lots, and ends the session', async () => {
    const client = new VenueClient(kit.url, profile, supervisor.identity);
    const session = await client.login();
    expect(session.person.id).toBe('p-supervisor');
    expect((await client.lots()).map(({ lot, status, parties }) => ({ lot, status, parties }))).toEqual([
      { lot: LOT, status: 'DRAFT', parties: [{ party: 'supervisor', roles: ['supervisor'] }] },
    ]);
    const gone = fetch(`${kit.url}/api/sessions/current`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${session.token}` },
    });
    expect(await statusOf(gone)).toBe(204);
    const after = fetch(`${kit.url}/api/me/lots`, { headers: { authorization: `Bearer ${session.token}` } });
    expect(await statusOf(after)).toBe(401);
  });

  it('SEC-13 takes no login that was signed for another address, installation or venue', async () => {
    const { identity } = supervisor;
    if (identity.ref.kind !== 'certificate') throw new Error('no certificate');
    const { certificate } = identity.ref;
    const login = async (more: JsonObject): Promise<number> => {
      const { challenge } = zChallenge.parse(await (await fetch(`${kit.url}/api/sessions/challenge`, { method: 'POST' })).json());
      const statement = { address: kit.url, installation: INSTALLATION, venue: 'main', challenge, ...more };
      const body = JSON.stringify({ statement, certificate, signature: await signWith(identity.signer, 'login', statement) });
      return statusOf(fetch(`${kit.url}/api/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }));
    };
    // A stranger's server hands on our challenge: his client signed for the address that it talked to.
    for (const more of [{ address: 'http://127.0.0.1:9' }, { installation: 'elsewhere' }, { venue: 'sub-1' }])
      expect(await login(more)).toBe(401);
    expect(await login({})).toBe(200);
  });

  it('shows a draft to its parties and to nobody else', async () => {
    const mine = new VenueClient(kit.url, profile, supervisor.identity);
    await mine.login();
    const { entries } = await mine.entries(LOT, 1, 0);
    expect(Object.keys(entries[0]?.parts ?? {})).toContain('skeleton');
    const other = new VenueClient(kit.url, profile, stranger.identity);
    await other.login();
    await expect(other.entries(LOT, 1, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const open = await fetch(`${kit.url}/api/lots/${LOT}/entries`);
    expect(zProblem.parse(await open.json()).code).toBe('NOT_FOUND');
  });

  const connect = (token?: string): Promise<Socket<LotsServerToClient, LotsClientToServer>> =>
    new Promise((resolve, reject) => {
      const socket: Socket<LotsServerToClient, LotsClientToServer> = io(`${kit.url}/lots`, {
        transports: ['websocket'],
        auth: token === undefined ? {} : { token },
        reconnection: false,
      });
      socket.once('connect', () => {
        resolve(socket);
      });
      socket.once('connect_error', reject);
    });
  const ask = <T>(send: (ack: Ack<T>) => void): Promise<Parameters<Ack<T>>[0]> =>
    new Promise((resolve) => {
      send(resolve);
    });

  it('sends entries to whoever watches, and acks every message', async () => {
    const client = new VenueClient(kit.url, profile, supervisor.identity);
    const { token } = await client.login();
    const socket = await connect(token);
    const seen: SentEntry[] = [];
    const refolded: unknown[] = [];
    socket.on('entries:appended', (notice) => seen.push(...notice.entries));
    socket.on('lot:refold', (notice) => refolded.push(notice));
    const watched = await ask<{ size: number }>((ack) => socket.emit('lot:watch', { lot: LOT, round: 1, from: 0 }, ack));
    expect(watched).toMatchObject({ ok: true });
    const signed = await opinion('seen live');
    const reply = await ask<Answer>((ack) => socket.emit('command:submit', signed, ack));
    expect(reply).toMatchObject({ ok: true, data: { outcome: { ok: true, id: signed.command.id } } });
    await until(() => seen.some((entry) => entry.parts['command']?.text.includes('seen live') === true));
    expect(seen.map((entry) => entry.header.seq)).toEqual(seen.map((_entry, index) => index));
    const bad = await ask<{ size: number }>((ack) => socket.emit('lot:watch', { lot: '', round: 0, from: -1 }, ack));
    expect(bad).toMatchObject({ ok: false, code: 'MALFORMED' });
    const missing = await ask<{ size: number }>((ack) => socket.emit('lot:watch', { lot: 'no-such-lot', round: 1, from: 0 }, ack));
    expect(missing).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    for (const from of [9_999, 2 ** 53 - 1]) {
      const beyond = await ask<{ size: number }>((ack) => socket.emit('lot:watch', { lot: LOT, round: 1, from }, ack));
      expect(beyond).toMatchObject({ ok: false, code: 'BEYOND_LOG' });
    }
    const none = await ask<Answer>((ack) => socket.emit('command:submit', 'no object' as never, ack));
    expect(none).toMatchObject({ ok: false, code: 'MALFORMED' });
    socket.disconnect();
  });

  it('SEC-9 tells again what became of a command, and refuses pages beyond the log, however far', async () => {
    const client = new VenueClient(kit.url, profile, supervisor.identity);
    const { token } = await client.login();
    const signed = await opinion('asked again');
    const { outcome } = await client.submit(signed);
    const again = zAnswer.parse(await (await fetch(`${kit.url}/api/commands/${signed.command.id}`)).json());
    expect(again.outcome).toEqual(outcome);
    expect(await statusOf(fetch(`${kit.url}/api/commands/00000000-0000-7000-8000-000000000000`))).toBe(404);
    for (const from of [9_999, 2 ** 53 - 1]) {
      const beyond = await fetch(`${kit.url}/api/lots/${LOT}/entries?from=${String(from)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([from, beyond.status, zProblem.parse(await beyond.json()).code]).toEqual([from, 416, 'BEYOND_LOG']);
    }
  });

  it('says whom a session stands for and which rights are in force', async () => {
    const { token } = await new VenueClient(kit.url, profile, supervisor.identity).login();
    const current = await fetch(`${kit.url}/api/sessions/current`, { headers: { authorization: `Bearer ${token}` } });
    expect(zSessionNow.parse(await current.json())).toMatchObject({
      person: { id: 'p-supervisor' },
      rights: ['jobs:read', 'lots:supervise', 'registry:read'],
    });
    expect(await statusOf(fetch(`${kit.url}/api/sessions/current`))).toBe(401);
  });

  it(
    'A-91 takes a file under its hash for a lot that it has, and serves it in parts to whoever is logged in',
    async () => {
      const client = new VenueClient(kit.url, profile, stranger.identity);
      const { token } = await client.login();
      const content = Uint8Array.from({ length: 100_000 }, (_none, index) => index % 251);
      const hash = profile.hashHex(content);
      await expect(client.upload(hash, content, { lot: 'no-such-lot' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await client.upload(hash, content, { lot: LOT })).toMatchObject({ hash, size: content.length, state: 'stored' });
      const address = `${kit.url}/api/blobs/${hash}`;
      const part = await fetch(address, { headers: { authorization: `Bearer ${token}`, range: 'bytes=1000-1009' } });
      expect([part.status, new Uint8Array(await part.arrayBuffer())]).toEqual([206, content.slice(1_000, 1_010)]);
      expect(await statusOf(fetch(address))).toBe(401);
    },
    BOOT_MS_MAX,
  );

  it('keeps a desk for whoever has a part in the lot, sealed, and gives it to nobody else', async () => {
    const tokenOf = async ({ identity }: TestPerson): Promise<string> => (await new VenueClient(kit.url, profile, identity).login()).token;
    const [own, other, outsider] = await Promise.all([supervisor, agency, stranger].map(tokenOf));
    const desk = async (token: string | undefined, put?: object, party = 'supervisor'): Promise<[number, unknown]> => {
      const body = put === undefined ? {} : { method: 'PUT', body: JSON.stringify(put) };
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const response = await fetch(`${kit.url}/api/lots/${LOT}/desk?round=1&party=${party}`, { headers, ...body });
      return [response.status, ((await response.json()) as { sealed?: unknown }).sealed];
    };
    const sealedOf = (text: string): string => toBase64Url(sealToKey(profile, generateKeeperKey(profile).publicKey, utf8(text)));
    const [sealed, older] = [sealedOf('draft'), sealedOf('older draft')];
    expect(await desk(own)).toEqual([200, null]);
    expect(await desk(own, { sealed, at: 2, basis: 0 })).toEqual([200, sealed]);
    // Who has not seen what lies there does not write over it.
    expect(await desk(own, { sealed: older, at: 1, basis: 0 })).toEqual([200, sealed]);
    expect(await desk(own)).toEqual([200, sealed]);
    expect(await desk(other, undefined, 'agency')).toEqual([200, null]);
    expect((await desk(own, { sealed: toBase64Url(utf8('a readable draft')), at: 3, basis: 2 }))[0]).toBe(400);
    expect(await desk(own)).toEqual([200, sealed]);
    for (const token of [undefined, outsider, other]) {
      expect([401, 403, 404]).toContain((await desk(token))[0]);
      expect([401, 403, 404]).toContain((await desk(token, { sealed, at: 3, basis: 2 }))[0]);
    }
    expect(await desk(own, { sealed: null, at: 0, basis: 2 })).toEqual([200, null]);
  });

  it('refuses a socket with a token that is none', async () => {
    await expect(connect('x'.repeat(43))).rejects.toThrow('UNAUTHENTICATED');
  });

  it.each([
    ['malformed JSON', '{"command":', 400, 'MALFORMED'],
    ['no object', '"text"', 400, 'MALFORMED'],
    ['an oversized message', JSON.stringify({ command: 'x'.repeat(2_100_000) }), 413, 'TOO_LARGE'],
  ])('answers %s with a documented code and a request id', async (_name, body, status, code) => {
    const response = await fetch(`${kit.url}/api/lots/${LOT}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(status);
    const problem = zProblem.parse(await response.json());
    expect(problem.code).toBe(code);
    expect(problem.message.length).toBeGreaterThan(5);
    expect(problem.requestId).not.toBe('');
  });

  it('answers an unknown address with a documented code', async () => {
    const response = await fetch(`${kit.url}/api/no-such-thing`);
    expect(response.status).toBe(404);
    expect(zProblem.parse(await response.json()).code).toBe('NOT_FOUND');
  });

  it('describes its interface at /api/docs', async () => {
    const document: unknown = await (await fetch(`${kit.url}/api/docs-json`)).json();
    const answer = ['paths', '/api/lots/{lot}/entries', 'get', 'responses', '200', 'content', 'application/json', 'schema', 'properties'];
    expect(document).toHaveProperty([...answer, 'entries']);
    expect(document).toHaveProperty(['paths', '/api/sessions', 'post', 'responses', 'default', 'content', 'application/json', 'schema']);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not happen within 5 seconds');
}
