import { VenueClient } from '@app/client';
import type { LotsServerToClient } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { profile, TestPeople, type TestPerson } from '../../apps/main-venue/test/support/people.js';
import { bootSite, type SiteKit } from './support/site.js';

const BOOT_MS_MAX = 60_000;
const IN_FORCE_MS_MAX = 2_000;

describe('sessions of a site', () => {
  let people: TestPeople;
  let site: SiteKit;
  let url: string;
  let expert: TestPerson;
  let witness: TestPerson;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    people = await TestPeople.create();
    expert = await people.person('p-expert');
    witness = await people.person('p-witness');
    site = await bootSite(people);
    ({ url } = site);
    await site.push([expert, witness]);
  }, BOOT_MS_MAX);
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await site.close();
  }, BOOT_MS_MAX);

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
    await site.push([witness]);
    const ended = await first.ended;
    expect([ended.told[0], ended.told[1]]).toEqual(['NOT_SEATED', expect.stringContaining('seat')]);
    expect(ended.afterMs).toBeLessThan(IN_FORCE_MS_MAX);
    expect(await mine(a)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect([second.socket.connected, (await mine(b)).status]).toEqual([true, 200]);
    // The authority's list alone: the main venue still names the certificate.
    people.revoke(witness, '2026-02-01T00:00:00.000Z');
    await site.push([witness]);
    expect((await second.ended).told[0]).toBe('CERT_REVOKED');
    expect(await mine(b)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    await expect(open(b).then(() => 'open')).rejects.toThrow();
  });
});
