import { VenueClient } from '@app/client';
import { zChallenge, zProblem } from '@app/contracts';
import { loadConfig } from '@app/platform';
import { createRedis } from '@app/platform/redis';
import { signWith } from '@app/sealing';
import { startRedis, testRedisUrl, type TestRedis } from '@app/testing';
import { SecurityLog } from '@app/venue';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { bootApp, type AppKit } from '../../apps/main-venue/test/support/app-kit.js';
import { INSTALLATION, profile, TestPeople, type TestPerson } from '../../apps/main-venue/test/support/people.js';
import { openRates } from '../../apps/main-venue/src/core/redis-rates.js';
import { bootSite, type SiteKit } from './support/site.js';

const BOOT_MS_MAX = 90_000;
const IDLE_MS = 1_500;
const LIMITS = {
  PROXIES_TRUSTED: '1',
  CHALLENGES_PER_MINUTE_MAX: '20',
  LOGINS_REFUSED_PER_MINUTE_MAX: '5',
  ARCHIVES_PER_MINUTE_MAX: '3',
  UPLOADS_PER_MINUTE_MAX: '2',
  SOCKETS_ANONYMOUS_PER_ADDRESS_MAX: '2',
  SOCKETS_PER_PERSON_MAX: '2',
  SESSION_IDLE_MS_MAX: String(IDLE_MS),
};
let asked = 0;
/** Each test comes from an address of its own, as the proxy in front of the venue tells it. */
const otherAddress = (): string => `198.51.100.${String((asked += 1))}`;

let people: TestPeople;
let expert: TestPerson;
let main: AppKit;
let site: SiteKit;
let redis: TestRedis;

beforeAll(async () => {
  people = await TestPeople.create();
  expert = await people.person('p-expert');
  // Rates of this run alone.
  redis = await startRedis();
  main = await bootApp(people, { ...LIMITS, REDIS_URL: redis.url });
  site = await bootSite(people, LIMITS);
  await site.push([expert]);
}, BOOT_MS_MAX);
afterAll(async () => {
  await main.close();
  await site.close();
  await redis.erase();
}, BOOT_MS_MAX);

describe.each([
  ['the main venue', () => ({ url: main.url, venue: 'main' })],
  ['a site', () => ({ url: site.url, venue: 'sub-1' })],
])('the doors of %s', (_name, place) => {
  const ask = (path: string, address: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${place().url}${path}`, { ...init, headers: { 'x-forwarded-for': address, ...(init.headers as Record<string, string>) } });
  const post = (path: string, address: string, body?: object): Promise<Response> =>
    ask(path, address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const challenge = (address: string): Promise<Response> => post('/api/sessions/challenge', address);
  const token = async (): Promise<string> => (await new VenueClient(place().url, profile, expert.identity).login()).token;
  const now = (bearer: string): Promise<Response> => ask('/api/sessions/current', '', { headers: { authorization: `Bearer ${bearer}` } });
  const connect = (auth: object, address: string): Promise<{ socket: Socket; refusal: string | null }> =>
    new Promise((resolve) => {
      const socket = io(`${place().url}/lots`, {
        auth,
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        extraHeaders: { 'x-forwarded-for': address },
      });
      socket.once('connect', () => {
        resolve({ socket, refusal: null });
      });
      socket.once('connect_error', ({ message }) => {
        resolve({ socket, refusal: message });
      });
    });

  it('SEC-19 give an address so many challenges a minute, and say when to come again', async () => {
    const [flooding, other] = [otherAddress(), otherAddress()];
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await challenge(flooding)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    const refused = await challenge(flooding);
    expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(zProblem.parse(await refused.json())).toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('CHALLENGES_PER_MINUTE_MAX'),
    });
    expect((await challenge(other)).status).toBe(200);
  });

  it('SEC-19 let nobody guess log-ins for long, and hold up nobody elsewhere', async () => {
    const { url, venue } = place();
    const { identity } = expert;
    if (identity.ref.kind !== 'certificate') throw new Error('no certificate');
    const { certificate } = identity.ref;
    const address = otherAddress();
    const login = async (from: string, isGood: boolean): Promise<number> => {
      const made = zChallenge.parse(await (await challenge(otherAddress())).json());
      const statement = { address: url, installation: INSTALLATION, venue, challenge: made.challenge };
      const signature = await signWith(identity.signer, 'login', isGood ? statement : { ...statement, venue: 'other' });
      return (await post('/api/sessions', from, { statement, certificate, signature })).status;
    };
    const statuses: number[] = [];
    for (let time = 0; time < 8; time += 1) statuses.push(await login(address, false));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect(await login(address, true)).toBe(429);
    expect(await login(otherAddress(), true)).toBe(200);
  });

  it('SEC-19 hold a bounded number of connections open', async () => {
    const address = otherAddress();
    const bearer = await token();
    const opened: Socket[] = [];
    for (const [auth, from] of [
      [{}, address],
      [{ token: bearer }, otherAddress()],
    ] as const) {
      const all = [];
      for (let time = 0; time < 4; time += 1) all.push(await connect(auth, from));
      opened.push(...all.map(({ socket }) => socket));
      expect(all.map(({ refusal }) => refusal)).toEqual([null, null, 'RATE_LIMITED', 'RATE_LIMITED']);
      all[0]?.socket.disconnect();
      await sleep(100);
      const again = await connect(auth, from);
      opened.push(again.socket);
      expect(again.refusal).toBeNull();
    }
    expect((await connect({}, otherAddress())).refusal).toBeNull();
    for (const socket of opened) socket.disconnect();
  });

  it('SEC-26 let a page load from the venue alone, send nowhere else, and keep nothing of an answer', async () => {
    const answer = await ask('/api/installation', otherAddress());
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(self)'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:(?!\/)|wss?:(?!\/)|\*/);
    expect(answer.headers.get('permissions-policy')).toContain('geolocation=()');
    const mine = await ask('/api/me/lots', '', { headers: { authorization: `Bearer ${await token()}` } });
    expect([mine.status, mine.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it('SEC-30 end a session that nobody uses, and none that is used', async () => {
    const [idle, used] = [await token(), await token()];
    const [silent, talking] = [(await connect({ token: idle }, '')).socket, (await connect({ token: used }, '')).socket];
    const told: unknown[] = [];
    silent.on('session:ended', (notice) => told.push(notice));
    // The page of the one who works there sends a message now and then; the other one is open on an empty chair.
    for (let time = 0; time < 8; time += 1) {
      await sleep(IDLE_MS / 3);
      talking.emit('lot:leave', { lot: 'none', round: 1 });
    }
    expect([silent.connected, talking.connected]).toEqual([false, true]);
    expect(told).toEqual([expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
    expect([(await now(idle)).status, (await now(used)).status]).toEqual([401, 200]);
    talking.disconnect();
  });
});

describe('the doors of the main venue for files', () => {
  it('SEC-28 tell the operator’s log of a refused token, with the address that it came from', async () => {
    const refused = jest.spyOn(main.app.get(SecurityLog), 'refused');
    const address = otherAddress();
    const headers = { 'x-forwarded-for': address, authorization: 'Bearer nobody' };
    const answer = await fetch(`${main.url}/api/sessions/current`, { headers });
    expect(answer.status).toBe(401);
    expect(refused).toHaveBeenCalledWith('UNAUTHENTICATED', expect.objectContaining({ address, path: '/api/sessions/current' }));
    refused.mockRestore();
  });

  it('SEC-19 give so many archives and uploads a minute', async () => {
    const { token } = await new VenueClient(main.url, profile, expert.identity).login();
    const address = otherAddress();
    const archives = [];
    for (let time = 0; time < 4; time += 1)
      archives.push((await fetch(`${main.url}/api/lots/none/archive`, { headers: { 'x-forwarded-for': address } })).status);
    expect(archives).toEqual([404, 404, 404, 429]);
    const uploads = [];
    for (let time = 0; time < 3; time += 1)
      uploads.push((await fetch(`${main.url}/api/uploads`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status);
    expect(uploads.slice(0, 2)).not.toContain(429);
    expect(uploads[2]).toBe(429);
  });
});

describe('SEC-19 rates of the main venue', () => {
  it('are counted together for its processes, and by each alone while Redis is away', async () => {
    const config = loadConfig({
      VENUE_ID: 'main',
      VENUE_ROLE: 'main',
      PORT: '0',
      DATABASE_URL: 'postgres://none@127.0.0.1:9/none',
      REDIS_URL: testRedisUrl(),
      PUBLIC_URL: 'http://127.0.0.1:7100',
      DATA_DIR: 'data',
      KEYS_FILE: 'keys',
      ARCHIVES_PER_MINUTE_MAX: '3',
    });
    const lines = [createRedis(testRedisUrl()), createRedis(testRedisUrl()), createRedis('redis://127.0.0.1:9')];
    await Promise.all(lines.slice(0, 2).map((line) => line.ping()));
    const [one, two, alone] = lines.map((line) => openRates(config, line));
    const who = randomBytes(8).toString('hex');
    for (const sut of [one, two, one]) await sut?.take('ARCHIVES_PER_MINUTE_MAX', who);
    for (const sut of [one, two]) await expect(sut?.take('ARCHIVES_PER_MINUTE_MAX', who)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    for (let time = 0; time < 3; time += 1) await alone?.take('ARCHIVES_PER_MINUTE_MAX', who);
    await expect(alone?.take('ARCHIVES_PER_MINUTE_MAX', who)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    for (const line of lines) line.disconnect();
  });
});
