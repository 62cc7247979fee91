import { VenueClient } from '@app/client';
import type { LotsServerToClient, VenueRegistry } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import { loadConfig } from '@app/platform';
import { signWith } from '@app/sealing';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { SITE_MIGRATIONS } from '../../migrations/site/index.js';
import { INSTALLATION, profile, TestPeople, type TestPerson } from '../../apps/main-venue/test/support/people.js';
import { createSite } from '../../apps/sub-venue/src/app.js';
import { SiteTrust } from '../../apps/sub-venue/src/site/site-trust.js';

const BOOT_MS_MAX = 60_000;
const IN_FORCE_MS_MAX = 2_000;
const ORIGIN = `${INSTALLATION}/lot/lot-1/1`;

describe('sessions of a site', () => {
  let people: TestPeople;
  let site: NestExpressApplication;
  let url: string;
  let folder: string;
  let database: TestDatabase;
  let expert: TestPerson;
  let witness: TestPerson;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    people = await TestPeople.create();
    expert = await people.person('p-expert');
    witness = await people.person('p-witness');
    folder = await mkdtemp(join(tmpdir(), 'gongping-site-'));
    const node = people.nodes.find(({ id }) => id === 'sub-1')?.signer.privateKey;
    const keys = { node, witness: profile.generateSigner('node').privateKey, storage: toBase64Url(randomBytes(32)) };
    await writeFile(join(folder, 'keys.json'), JSON.stringify(keys), { mode: 0o600 });
    database = await createDatabase(SITE_MIGRATIONS);
    site = await createSite(
      loadConfig({
        VENUE_ID: 'sub-1',
        VENUE_ROLE: 'sub',
        INSTALLATION,
        PORT: '0',
        DATABASE_URL: database.url,
        MAIN_URL: 'http://127.0.0.1:9',
        PUBLIC_URL: 'http://127.0.0.1:7101',
        DATA_DIR: join(folder, 'data'),
        KEYS_FILE: join(folder, 'keys.json'),
        LOG_LEVEL: 'silent',
      }),
    );
    await site.listen(0, '127.0.0.1');
    url = (await site.getUrl()).replace('[::1]', '127.0.0.1');
    await push([expert, witness]);
  }, BOOT_MS_MAX);
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await site.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }, BOOT_MS_MAX);

  /** What the main venue sends over the line: who is seated here now, and whose certificate is good. */
  async function push(seated: readonly TestPerson[]): Promise<void> {
    const { authorities, venues } = await people.registry();
    const main = people.nodes.find(({ id }) => id === 'main')?.signer;
    if (main === undefined) throw new Error('no main node');
    const registry: VenueRegistry = {
      v: 1,
      answerKey: main.publicKey,
      logKey: 'log',
      venues: venues.map(({ id, name, role, nodeKey }) => ({ id, name, role, nodeKey, witnessKey: null })),
      organisations: [],
      persons: seated.map(({ id, name }) => ({ id, name, organisation: null })),
      certificates: seated.map(({ id, certificate }) => ({ person: id, certificate })),
      authorities,
      seats: seated.map(({ id }) => ({ origin: ORIGIN, party: id, roles: ['expert'], person: id })),
    };
    const text = canonicalText(registry);
    await site.get(SiteTrust).accept({ text, signature: signWith(main, 'venueRegistry', utf8(text)) });
  }

  const login = async (person: TestPerson): Promise<string> => (await new VenueClient(url, profile, person.identity).login()).token;
  async function open(token: string): Promise<{ ended: Promise<{ told: string[]; afterMs: number }>; socket: Socket<LotsServerToClient> }> {
    const socket: Socket<LotsServerToClient> = io(`${url}/lots`, { auth: { token }, transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const from = performance.now();
    const told: string[] = [];
    socket.on('session:ended', ({ code, message }) => told.push(code, message));
    const ended = new Promise<{ told: string[]; afterMs: number }>((resolve) => {
      socket.once('disconnect', () => {
        resolve({ told, afterMs: performance.now() - from });
      });
    });
    return { ended, socket };
  }
  async function mine(token: string): Promise<{ status: number; code: string | null }> {
    const response = await fetch(`${url}/api/me/lots`, { headers: { authorization: `Bearer ${token}` } });
    const body: unknown = await response.json();
    return { status: response.status, code: typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : null };
  }

  it('SEC-12 log-out closes the open sockets of that session, and of no other of the same person', async () => {
    const [one, other] = [await login(expert), await login(expert)];
    const [first, second] = [await open(one), await open(other)];
    const response = await fetch(`${url}/api/sessions/current`, { method: 'DELETE', headers: { authorization: `Bearer ${one}` } });
    expect(response.status).toBe(204);
    expect((await first.ended).told).toEqual([]);
    expect(await mine(one)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect([second.socket.connected, (await mine(other)).status]).toEqual([true, 200]);
  });

  it('SEC-12 a person who is seated here no more, or whose certificate was revoked, is told so and closed within two seconds', async () => {
    const [a, b] = [await login(expert), await login(witness)];
    const [first, second] = [await open(a), await open(b)];
    await push([witness]);
    const ended = await first.ended;
    expect([ended.told[0], ended.told[1]]).toEqual(['NOT_SEATED', expect.stringContaining('seat')]);
    expect(ended.afterMs).toBeLessThan(IN_FORCE_MS_MAX);
    expect(await mine(a)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect([second.socket.connected, (await mine(b)).status]).toEqual([true, 200]);
    // The authority's list alone: the main venue still names the certificate.
    people.revoke(witness, '2026-02-01T00:00:00.000Z');
    await push([witness]);
    expect((await second.ended).told[0]).toBe('CERT_REVOKED');
    expect(await mine(b)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    await expect(open(b).then(() => 'open')).rejects.toThrow();
  });
});
