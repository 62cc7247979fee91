import { VenueClient } from '@app/client';
import { zFoundingPeople, zFoundingVenue, type FoundingPeople } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type AppKit } from './support/app-kit.js';
import { profile, TestPeople, type TestPerson, VALID } from './support/people.js';

const BOOT_MS_MAX = 60_000;
/** What a certificate of the year before was good for. */
const OVER = { notBefore: VALID.notBefore, notAfter: '2026-02-01T00:00:00.000Z' };

/** Goal: a founder of lots finds whom the rules let him name and nothing more; nobody else finds anything. */
describe('what a founder of lots looks up', () => {
  let kit: AppKit;
  let agency: TestPerson;
  let nobody: TestPerson;
  const named = new Map<string, TestPerson>();
  const tokens = new Map<TestPerson, string>();

  beforeAll(async () => {
    const people = await TestPeople.create();
    const make = async (id: string, organisation: string | null, role: string | null): Promise<TestPerson> => {
      const made = await people.person(id, organisation);
      if (role !== null) people.grant(made, role);
      named.set(id, made);
      return made;
    };
    agency = await make('p-agency', 'o-agency', 'agency');
    nobody = await make('p-nobody', 'o-bidder', null);
    await make('p-owner', 'owner-roads', null);
    await make('p-owner-2', 'owner-roads', null);
    await make('p-supervisor', 'o-authority', 'supervisor');
    await make('p-witness', 'o-centre', 'venue-staff');
    await make('p-expert', 'owner-roads', null);
    people.grant(await people.person('p-supervisor-old', 'o-authority', OVER), 'supervisor');
    const administrator = await make('p-admin', 'o-centre', 'administrator');
    kit = await bootApp(people);
    for (const person of [agency, nobody, administrator])
      tokens.set(person, (await new VenueClient(kit.url, profile, person.identity).login()).token);
    const entry = { specialties: ['A0801'], city: 'Hangzhou', active: true, basis: null };
    expect((await ask(administrator, 'registry/experts/p-expert', { method: 'PUT', body: JSON.stringify(entry) })).status).toBe(200);
  }, BOOT_MS_MAX);
  afterAll(async () => kit.close());

  const ask = (person: TestPerson | null, path: string, init: RequestInit = {}): Promise<Response> => {
    const token = person === null ? undefined : tokens.get(person);
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    return fetch(`${kit.url}/api/${path}`, { ...init, headers });
  };
  const people = async (query: string): Promise<FoundingPeople> =>
    zFoundingPeople.parse(await (await ask(agency, `founding/people?${query}`)).json());
  const ids = ({ items }: FoundingPeople): string[] => items.map(({ person }) => person.id);

  it('is for whoever may found lots, and nobody else', async () => {
    for (const path of ['founding/people?side=supervisor', 'founding/venues']) {
      expect((await ask(null, path)).status).toBe(401);
      expect((await ask(nobody, path)).status).toBe(403);
      expect((await ask(agency, path)).status).toBe(200);
    }
  });

  it('finds supervisors and witnesses by their right, each as a lot binds them', async () => {
    const found = await people('side=supervisor');
    expect(found).toEqual({
      items: [
        {
          person: { id: 'p-supervisor', name: 'p-supervisor' },
          organisation: { id: 'o-authority', name: 'o-authority' },
          certificate: named.get('p-supervisor')?.facts.fingerprint,
        },
      ],
      next: null,
    });
    expect(ids(await people('side=witness'))).toEqual(['p-witness']);
    expect(ids(await people('side=witness&q=p-sup'))).toEqual([]);
  });

  it('finds who acts for a tenderer by a name, page by page, and no expert among them', async () => {
    expect(ids(await people('side=tenderer&q=owner'))).toEqual(['p-owner', 'p-owner-2']);
    const first = await people('side=tenderer&q=owner&limit=1');
    expect([ids(first), first.next]).toEqual([['p-owner'], 'p-owner']);
    expect(ids(await people('side=tenderer&q=owner&limit=1&after=p-owner'))).toEqual(['p-owner-2']);
  });

  it.each(['side=tenderer', 'side=tenderer&q=o', 'side=expert', 'side=witness&limit=0', 'side=witness&limit=51'])(
    'refuses %s: nobody leafs through everybody',
    async (query) => {
      const answer = await ask(agency, `founding/people?${query}`);
      expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'MALFORMED' })]);
    },
  );

  it('tells the venues with the keys of their nodes, and nothing of how they are reached', async () => {
    const venues = zFoundingVenue.array().parse(await (await ask(agency, 'founding/venues')).json());
    expect(venues.map(({ venue, role }) => `${venue} ${role}`)).toEqual(['main main', 'sub-1 sub', 'sub-2 sub', 'supervision supervision']);
  });
});
