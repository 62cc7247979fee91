import type { FoundingPeople, FoundingPerson, FoundingSide, FoundingVenue, Right } from '@app/contracts';
import { TENDERER_SEARCH_MIN, zVenueRole } from '@app/contracts';
import { Clock, DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CertificateEntity, PersonEntity, VenueEntity } from '../entities.js';
import { RegistryView } from '../live/registry-view.js';
import { beginning, readPage, type PageQuery } from '../page.js';

/** The right without which the rules take nobody on this side (`registryFault`). */
const NEEDED: Readonly<Record<Exclude<FoundingSide, 'tenderer'>, Right>> = { supervisor: 'lots:supervise', witness: 'lots:witness' };

/** Whom a founder of lots may name, and where lots may sit. */
@Injectable()
export class FoundingService {
  constructor(
    @InjectRepository(PersonEntity) private readonly persons: Repository<PersonEntity>,
    @InjectRepository(CertificateEntity) private readonly certificates: Repository<CertificateEntity>,
    @InjectRepository(VenueEntity) private readonly sites: Repository<VenueEntity>,
    private readonly registry: RegistryView,
    private readonly clock: Clock,
  ) {}

  /**
   * In the order of their ids; `q` is the beginning of a person's or an organisation's name. A page may hold fewer than were read: whoever
   * has no certificate that is good now is left out. Throws MALFORMED for a tenderer without the beginning of a name.
   */
  async people({ side, q, after, limit }: PageQuery & { side: FoundingSide; q: string }): Promise<FoundingPeople> {
    if (side === 'tenderer' && Array.from(q).length < TENDERER_SEARCH_MIN)
      throw new DomainError('MALFORMED', `q: at least ${TENDERER_SEARCH_MIN} characters of the name of a person or an organisation`);
    const select = this.persons.createQueryBuilder('person').leftJoinAndSelect('person.organisation', 'organisation').orderBy('person.id');
    select.where('EXISTS (SELECT 1 FROM certificate c WHERE c.person_id = person.id AND c.revoked_at IS NULL)');
    if (side === 'tenderer') {
      select.andWhere('person.organisation_id IS NOT NULL');
      select.andWhere('NOT EXISTS (SELECT 1 FROM expert e WHERE e.person_id = person.id)');
    } else {
      const holds = 'SELECT 1 FROM person_role h JOIN access_role r ON r.id = h.role_id WHERE h.person_id = person.id';
      select.andWhere(`EXISTS (${holds} AND :right = ANY(r.rights))`, { right: NEEDED[side] });
    }
    if (q !== '') select.andWhere('(person.name LIKE :q OR organisation.name LIKE :q)', { q: beginning(q) });
    if (after !== undefined) select.andWhere('person.id > :after', { after });
    return readPage(
      select,
      { limit },
      ({ id }) => id,
      (rows) => this.#withCertificates(rows),
    );
  }

  /** They are few: no pages. */
  async venues(): Promise<FoundingVenue[]> {
    const rows = await this.sites.find({ order: { id: 'ASC' } });
    return rows.map(({ id, name, role, city, nodeKey }) => ({ venue: id, name, role: zVenueRole.parse(role), city, nodeKey }));
  }

  async #withCertificates(rows: readonly PersonEntity[]): Promise<FoundingPerson[]> {
    if (rows.length === 0) return [];
    const at = this.clock.instant();
    const held = await this.certificates
      .createQueryBuilder('certificate')
      .innerJoinAndSelect('certificate.person', 'person')
      .where('person.id IN (:...ids)', { ids: rows.map(({ id }) => id) })
      .andWhere('certificate.revoked_at IS NULL')
      .orderBy('certificate.not_after', 'DESC')
      .addOrderBy('certificate.fingerprint')
      .getMany();
    const good = held.filter(({ certificate }) => this.registry.checkCertificate(certificate, at).ok);
    return rows.flatMap(({ id, name, organisation }) => {
      const certificate = good.find(({ person }) => person.id === id);
      if (certificate === undefined) return [];
      const forWhom = organisation === null ? null : { id: organisation.id, name: organisation.name };
      return [{ person: { id, name }, organisation: forWhom, certificate: certificate.fingerprint }];
    });
  }
}
