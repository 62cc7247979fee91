import type { ListImport, NodePut, PersonDetail, RegistryChange } from '@app/contracts';
import {
  zAccessRole,
  zCertificatePage,
  zChangePage,
  zExpertPage,
  zListFaultPage,
  zListImport,
  zOrganisation,
  zOrganisationPage,
  zPersonDetail,
  zPersonPage,
  zRegisteredAuthority,
  zRegisteredCertificate,
  zRegisteredNode,
} from '@app/contracts';
import { VenueClient } from '@app/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { bootApp, type AppKit } from './support/app-kit.js';
import { profile, TestPeople, type TestPerson } from './support/people.js';

const BOOT_MS_MAX = 60_000;
const IN_FORCE_MS_MAX = 2_000;
const WAIT_MS_MAX = 15_000;
const CREDIT_CODE = '913300000000000099';

describe('the administration of people and rights (人员与权限)', () => {
  let people: TestPeople;
  let kit: AppKit;
  let administrator: TestPerson;
  let office: TestPerson;
  let nobody: TestPerson;
  const tokens = new Map<TestPerson, string>();

  beforeAll(async () => {
    people = await TestPeople.create();
    administrator = await people.person('p-admin', 'o-centre');
    office = await people.person('p-office', 'o-centre');
    nobody = await people.person('p-nobody', 'o-bidder');
    people.grant(administrator, 'administrator');
    people.grant(office, 'pool-office');
    kit = await bootApp(people);
    for (const person of [administrator, office, nobody]) tokens.set(person, await login(person));
  }, BOOT_MS_MAX);
  afterAll(async () => kit.close());

  const login = async (person: TestPerson): Promise<string> => (await new VenueClient(kit.url, profile, person.identity).login()).token;

  async function ask(person: TestPerson | null, method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const token = person === null ? undefined : tokens.get(person);
    const response = await fetch(`${kit.url}/api/registry/${path}`, {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }
  async function good<S extends z.ZodType>(schema: S, ...question: Parameters<typeof ask>): Promise<z.infer<S>> {
    const answer = await ask(...question);
    expect({ status: answer.status, body: answer.status < 300 ? null : answer.body }).toEqual({ status: answer.status, body: null });
    return schema.parse(answer.body);
  }
  async function refused(code: string, status: number, ...question: Parameters<typeof ask>): Promise<void> {
    const answer = await ask(...question);
    expect(answer).toMatchObject({ status, body: { code } });
  }
  const person = (id: string): Promise<PersonDetail> => good(zPersonDetail, administrator, 'GET', `people/${id}`);

  it('is for those who hold the right, and nobody else', async () => {
    await refused('UNAUTHENTICATED', 401, null, 'GET', 'people');
    await refused('FORBIDDEN', 403, nobody, 'GET', 'people');
    await refused('FORBIDDEN', 403, office, 'PUT', 'nodes/sub-1', {});
    expect((await ask(office, 'GET', 'people')).status).toBe(200);
    await refused('FORBIDDEN', 403, office, 'PUT', 'roles/mine', { name: 'Mine', rights: ['rights:write'], basis: null });
  });

  it('finds people by the beginning of an id or a name, page by page', async () => {
    const first = await good(zPersonPage, office, 'GET', 'people?limit=2');
    expect(first.items.map(({ id }) => id)).toEqual(['p-admin', 'p-nobody']);
    const second = await good(zPersonPage, office, 'GET', `people?limit=2&after=${first.next ?? ''}`);
    expect(second).toMatchObject({ items: [{ id: 'p-office', roles: ['pool-office'], isExpert: false }], next: null });
    expect((await good(zPersonPage, office, 'GET', 'people?q=p-no')).items.map(({ id }) => id)).toEqual(['p-nobody']);
    expect((await good(zPersonPage, office, 'GET', 'people?q=%25')).items).toEqual([]);
    expect((await good(zPersonPage, office, 'GET', 'people?role=administrator')).items.map(({ id }) => id)).toEqual(['p-admin']);
    expect((await good(zPersonPage, office, 'GET', 'people?organisation=o-bidder')).items.map(({ id }) => id)).toEqual(['p-nobody']);
    await refused('MALFORMED', 400, office, 'GET', 'people?limit=0');
  });

  it('adds and changes people and organisations; of two who change the same, one reads again', async () => {
    await good(zOrganisation, office, 'PUT', 'organisations/o-new', { name: 'New', creditCode: CREDIT_CODE, basis: null });
    expect((await good(zOrganisationPage, office, 'GET', `organisations?q=${CREDIT_CODE}`)).items).toHaveLength(1);
    const put = { name: 'Wang', organisation: 'o-new', basis: null };
    const made = await good(zPersonDetail, office, 'PUT', 'people/p-wang', put);
    expect(made).toMatchObject({ name: 'Wang', organisation: { id: 'o-new', name: 'New' }, certificates: [], rights: [] });
    await refused('E_CHANGED_MEANWHILE', 409, office, 'PUT', 'people/p-wang', put);
    const change = { ...put, name: 'Wang Min', basis: made.version };
    const answers = await Promise.all([
      ask(office, 'PUT', 'people/p-wang', change),
      ask(administrator, 'PUT', 'people/p-wang', { ...change, name: 'Wang Mei' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await refused('NOT_FOUND', 404, office, 'PUT', 'people/p-li', { ...put, organisation: 'o-none' });
    await refused('MALFORMED', 400, office, 'PUT', 'people/p-li', { ...put, duties: [] });
    await good(z.unknown(), office, 'PUT', 'experts/p-wang', { specialties: ['A0801'], city: 'Hangzhou', active: true, basis: null });
    expect((await good(zExpertPage, office, 'GET', 'experts?specialty=A0801&city=Hangzhou')).items).toHaveLength(1);
  });

  it('lets a person log in once a certificate is bound, without restart, and no more once it is revoked', async () => {
    await good(zPersonDetail, office, 'PUT', 'people/p-late', { name: 'Late', organisation: null, basis: null });
    const late = await people.person('p-late');
    await expect(login(late)).rejects.toMatchObject({ code: 'CERT_UNKNOWN' });
    const bound = await good(zRegisteredCertificate, office, 'POST', 'people/p-late/certificates', {
      certificate: late.certificate,
      encryptionKey: null,
    });
    expect(bound).toMatchObject({ fingerprint: late.facts.fingerprint, standing: 'good' });
    await refused('E_CERT_BOUND', 409, office, 'POST', 'people/p-wang/certificates', {
      certificate: late.certificate,
      encryptionKey: null,
    });
    tokens.set(late, await login(late));
    const socket: Socket = io(`${kit.url}/lots`, { auth: { token: tokens.get(late) }, transports: ['websocket'] });
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve);
    });
    const ended = new Promise<string>((resolve) => {
      socket.once('disconnect', resolve);
    });
    const told = new Promise<string>((resolve) => {
      socket.once('session:ended', ({ code }: { code: string }) => {
        resolve(code);
      });
    });
    await good(zRegisteredCertificate, office, 'POST', `certificates/${late.facts.fingerprint}/revocation`, { reason: 'lost' });
    const from = performance.now();
    expect(await told).toBe('CERT_REVOKED');
    expect(await ended).toBe('io server disconnect');
    expect(performance.now() - from).toBeLessThan(IN_FORCE_MS_MAX);
    await refused('UNAUTHENTICATED', 401, late, 'GET', 'people');
    await expect(login(late)).rejects.toMatchObject({ code: 'CERT_REVOKED' });
    await refused('CERT_REVOKED', 401, office, 'POST', 'people/p-late/certificates', {
      certificate: late.certificate,
      encryptionKey: null,
    });
    expect((await good(zCertificatePage, office, 'GET', 'certificates?person=p-late')).items).toMatchObject([
      { standing: 'revoked', revocationReason: 'lost' },
    ]);
    socket.disconnect();
  });

  it('SEC-12 log-out closes the open sockets of that session, and of no other of the same person', async () => {
    const [one, other] = [await login(nobody), await login(nobody)];
    const open = async (token: string): Promise<Socket> => {
      const socket: Socket = io(`${kit.url}/lots`, { auth: { token }, transports: ['websocket'], forceNew: true });
      await new Promise<void>((resolve) => {
        socket.once('connect', resolve);
      });
      return socket;
    };
    const [first, second] = [await open(one), await open(other)];
    const ended = new Promise<string>((resolve) => {
      first.once('disconnect', resolve);
    });
    const headers = { authorization: `Bearer ${one}` };
    expect((await fetch(`${kit.url}/api/sessions/current`, { method: 'DELETE', headers })).status).toBe(204);
    expect(await ended).toBe('io server disconnect');
    const late = await fetch(`${kit.url}/api/sessions/current`, { headers });
    expect([late.status, await late.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
    expect(second.connected).toBe(true);
    second.disconnect();
  });

  it('SEC-12 a right that is taken in the middle of a session is told to its open sockets and refused from then on', async () => {
    const socket: Socket = io(`${kit.url}/lots`, { auth: { token: tokens.get(office) }, transports: ['websocket'], forceNew: true });
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve);
    });
    const next = () =>
      new Promise<string[]>((resolve) => {
        socket.once('session:changed', ({ rights }: { rights: string[] }) => {
          resolve(rights);
        });
      });
    const taken = next();
    const from = performance.now();
    await good(z.unknown(), administrator, 'DELETE', 'people/p-office/roles/pool-office');
    expect(await taken).toEqual([]);
    expect(performance.now() - from).toBeLessThan(IN_FORCE_MS_MAX);
    await refused('FORBIDDEN', 403, office, 'GET', 'people');
    expect(socket.connected).toBe(true);
    const given = next();
    await good(z.unknown(), administrator, 'PUT', 'people/p-office/roles/pool-office');
    expect(await given).toContain('registry:read');
    expect((await ask(office, 'GET', 'people')).status).toBe(200);
    socket.disconnect();
  });

  it('gives and takes roles, in force at once in an open session', async () => {
    await refused('FORBIDDEN', 403, nobody, 'GET', 'roles');
    // SEC-5: whoever keeps the list of people cannot make a witness or a founder of lots of anybody.
    for (const role of ['venue-staff', 'supervisor', 'agency'])
      await refused('E_RIGHT_NOT_HELD', 409, office, 'PUT', `people/p-nobody/roles/${role}`);
    await good(z.unknown(), office, 'PUT', 'people/p-nobody/roles/pool-office');
    expect((await good(zAccessRole.array(), nobody, 'GET', 'roles')).find(({ id }) => id === 'pool-office')).toMatchObject({ holders: 2 });
    await good(z.unknown(), office, 'DELETE', 'people/p-nobody/roles/pool-office');
    const from = performance.now();
    while ((await ask(nobody, 'GET', 'roles')).status !== 403) {
      expect(performance.now() - from).toBeLessThan(IN_FORCE_MS_MAX);
    }
  });

  it('lets nobody give, take or become what they do not hold', async () => {
    const own = await people.person('p-office-2');
    await refused('E_RIGHT_NOT_HELD', 409, office, 'PUT', 'people/p-office/roles/administrator');
    await refused('E_RIGHT_NOT_HELD', 409, office, 'DELETE', 'people/p-admin/roles/administrator');
    await refused('E_RIGHT_NOT_HELD', 409, office, 'POST', 'people/p-admin/certificates', {
      certificate: own.certificate,
      encryptionKey: null,
    });
    await refused('E_RIGHT_NOT_HELD', 409, office, 'POST', `certificates/${administrator.facts.fingerprint}/revocation`, { reason: 'x' });
    const { version, name, roles } = await person('p-admin');
    expect(roles).toEqual(['administrator']);
    await refused('E_RIGHT_NOT_HELD', 409, office, 'PUT', 'people/p-admin', { name, organisation: null, basis: version });
  });

  it('never loses its last administrator, also when two take each other’s role at once', async () => {
    const LAST = 'E_LAST_ADMINISTRATOR';
    await refused(LAST, 409, administrator, 'DELETE', 'people/p-admin/roles/administrator');
    await refused(LAST, 409, administrator, 'POST', `certificates/${administrator.facts.fingerprint}/revocation`, { reason: 'x' });
    const role = (await good(zAccessRole.array(), administrator, 'GET', 'roles')).find(({ id }) => id === 'administrator');
    const less = { name: '系统管理员', rights: ['registry:read'], basis: role?.version ?? 0 };
    await refused(LAST, 409, administrator, 'PUT', 'roles/administrator', less);
    await refused('E_STILL_USED', 409, administrator, 'DELETE', 'roles/administrator');
    await good(z.unknown(), administrator, 'PUT', 'people/p-nobody/roles/administrator');
    const answers = await Promise.all([
      ask(administrator, 'DELETE', 'people/p-nobody/roles/administrator'),
      ask(nobody, 'DELETE', 'people/p-admin/roles/administrator'),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = (await ask(administrator, 'GET', 'roles')).status === 200 ? administrator : nobody;
    await good(z.unknown(), left, 'PUT', 'people/p-admin/roles/administrator');
    await ask(administrator, 'DELETE', 'people/p-nobody/roles/administrator');
  });

  it('registers nodes and roots, and refuses keys that are none', async () => {
    const nodes = await good(zRegisteredNode.array(), administrator, 'GET', 'nodes');
    const found = nodes.find(({ id }) => id === 'sub-2');
    if (found === undefined) throw new Error('sub-2 is registered');
    const { id: _id, rooms: _rooms, version, ...row } = found;
    const put: NodePut = { ...row, nodeKey: people.node('sub-2b').signer.publicKey, basis: version };
    expect(await good(zRegisteredNode, administrator, 'PUT', 'nodes/sub-2', put)).toMatchObject({ nodeKey: put.nodeKey });
    await refused('E_INPUT', 400, administrator, 'PUT', 'nodes/sub-3', { ...put, nodeKey: 'AAAA', basis: null });
    await refused('E_INPUT', 400, administrator, 'PUT', 'nodes/sub-3', { ...put, role: 'main', basis: null });
    const authority = (await people.registry()).authorities[0];
    expect(await good(zRegisteredAuthority.array(), administrator, 'PUT', 'authorities', authority)).toHaveLength(1);
    await refused('E_INPUT', 400, administrator, 'PUT', 'authorities', { ...authority, certificate: office.certificate });
  });

  it('keeps a record of who changed what, whose place in the platform log follows with the next batch', async () => {
    const page = await good(zChangePage, administrator, 'GET', 'changes?kind=certificate&limit=1');
    const change: RegistryChange | undefined = page.items[0];
    expect(change).toMatchObject({ action: 'revoke', by: { id: 'p-office' }, kind: 'certificate' });
    const second = await good(zChangePage, administrator, 'GET', `changes?kind=certificate&limit=1&after=${page.next ?? ''}`);
    expect(second.items[0]).toMatchObject({ action: 'bind', subject: change?.subject });
    await refused('E_INPUT', 400, administrator, 'GET', 'changes?after=x');
  });

  async function hand(body: string): Promise<ListImport> {
    const handed = await fetch(`${kit.url}/api/registry/imports?kind=people&format=csv&name=people.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.get(office) ?? ''}`, 'content-type': 'application/octet-stream' },
      body,
    });
    expect(handed.status).toBe(202);
    return zListImport.parse(await handed.json());
  }
  async function taken({ id }: ListImport): Promise<ListImport> {
    const from = performance.now();
    for (;;) {
      const list = await good(zListImport, office, 'GET', `imports/${id}`);
      if (list.state === 'done' || performance.now() - from > WAIT_MS_MAX) return list;
      await sleep(50);
    }
  }

  it('takes a list in that is handed in as a file, and tells its bad lines', async () => {
    const list = await taken(await hand('id,name\np-list,Listed\np-list,Twice\n'));
    expect(list).toMatchObject({ state: 'done', lines: 2, changed: 1, faults: 1, by: { id: 'p-office' } });
    expect((await good(zListFaultPage, office, 'GET', `imports/${list.id}/faults`)).items).toMatchObject([
      { line: 3, column: 'id', code: 'E_LIST_TWICE' },
    ]);
    expect(await person('p-list')).toMatchObject({ name: 'Listed' });
  });

  it('takes a list that is handed in twice in once', async () => {
    const lists = await Promise.all([hand('id,name\np-twice,Once\n'), hand('id,name\np-twice,Once\n')]);
    expect(new Set(lists.map(({ id }) => id)).size).toBe(1);
    for (const list of lists) expect(await taken(list)).toMatchObject({ state: 'done', lines: 1, changed: 1 });
  });
});
