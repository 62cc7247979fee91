import type { JsonObject } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lotToCreate } from '../../test/support/lot.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { CertificateEntity } from '../registry/entities.js';
import { DatabaseVenueBook } from './venue-book.js';

const BOOT_MS_MAX = 60_000;

describe('what a site is told of the registry', () => {
  let kit: Kit;
  let sut: DatabaseVenueBook;
  beforeAll(async () => {
    kit = await createKit();
    const { payload, secrets } = lotToCreate(kit.people, kit.cast);
    const parties = (payload['parties'] as JsonObject[]).map((party) =>
      party['party'] === 'supervisor' ? { ...party, venue: 'sub-1', seat: 'seat-1' } : party,
    );
    const signed = await kit.wish(kit.cast.agency.identity, 'lot-1', 'agency', 'lot.create', { ...payload, parties }, { secrets });
    expect((await kit.process.pipeline.submit(signed)).outcome).toMatchObject({ ok: true });
    sut = new DatabaseVenueBook(kit.pool, kit.dataSource, kit.marks);
  }, BOOT_MS_MAX);
  afterAll(() => kit.close());

  it('are its lots, the people seated there with their organisations and good certificates, and all venues and authorities', async () => {
    const { supervisor } = kit.cast;
    const [lot] = await sut.lotsOf('sub-1');
    expect(lot).toMatchObject({ lot: 'lot-1', round: 1, size: 1 });
    const told = await sut.registryFor('sub-1');
    const known = await kit.people.registry();
    const person = known.persons.find(({ id }) => id === supervisor.id);
    expect(told.persons).toEqual([{ id: supervisor.id, name: person?.name, organisation: person?.organisation ?? null }]);
    expect(told.organisations.map(({ id }) => id)).toEqual(person?.organisation == null ? [] : [person.organisation]);
    expect(told.certificates).toEqual([{ person: supervisor.id, certificate: supervisor.certificate }]);
    expect(told.seats).toEqual([{ origin: lot?.origin, party: 'supervisor', roles: ['supervisor'], person: supervisor.id }]);
    expect(told.venues.map(({ id, role, nodeKey }) => [id, role, nodeKey])).toEqual(
      known.venues.map(({ id, role, nodeKey }) => [id, role, nodeKey]).sort(),
    );
    expect(told.authorities.length).toBe(known.authorities.length);
  });

  it('are no people where nobody sits, and no certificate that was revoked', async () => {
    expect(await sut.registryFor('sub-2')).toMatchObject({ persons: [], organisations: [], certificates: [], seats: [] });
    await kit.dataSource.getRepository(CertificateEntity).update({ person: { id: kit.cast.supervisor.id } }, { revokedAt: new Date(0) });
    const told = await sut.registryFor('sub-1');
    expect([told.persons.length, told.certificates]).toEqual([1, []]);
  });
});
