import type { Expert, Person, PersonDetail, PersonPut } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { accessOf, mustHoldAllOf } from '../access/access-guards.js';
import { PersonRoleEntity } from '../access/person-role.entity.js';
import type { Page, PageQuery } from '../page.js';
import { beginning, readPage } from '../page.js';
import { ExpertEntity } from '../pool/expert.entity.js';
import type { Author } from '../record/registry-book.js';
import { RegistryBook, versionsOf } from '../record/registry-book.js';
import { CertificatesService } from './certificates.service.js';
import { OrganisationEntity } from './organisation.entity.js';
import { PersonEntity } from './person.entity.js';

export interface PeopleQuery extends PageQuery {
  readonly q?: string | undefined;
  readonly organisation?: string | undefined;
  readonly role?: string | undefined;
}

@Injectable()
export class PeopleService {
  constructor(
    @InjectRepository(PersonEntity) private readonly people: Repository<PersonEntity>,
    private readonly certificates: CertificatesService,
    private readonly book: RegistryBook,
  ) {}

  /** In the order of their ids; `q` is the beginning of an id or a name. */
  async page(query: PeopleQuery): Promise<Page<Person>> {
    const select = this.people.createQueryBuilder('person').leftJoinAndSelect('person.organisation', 'organisation').orderBy('person.id');
    if (query.after !== undefined) select.andWhere('person.id > :after', { after: query.after });
    if (query.q) select.andWhere('(person.id LIKE :q OR person.name LIKE :q)', { q: beginning(query.q) });
    if (query.organisation !== undefined) select.andWhere('person.organisation_id = :organisation', { organisation: query.organisation });
    if (query.role !== undefined)
      select.innerJoin(PersonRoleEntity, 'held', 'held.person_id = person.id AND held.role_id = :role', { role: query.role });
    return readPage(
      select,
      query,
      ({ id }) => id,
      (rows) => this.#toPeople(rows),
    );
  }

  /** Throws NOT_FOUND. */
  async one(id: string): Promise<PersonDetail> {
    const row = await this.people.findOne({ where: { id }, relations: { organisation: true, expert: true } });
    const [person] = await this.#toPeople(row === null ? [] : [row]);
    if (row === null || person === undefined) throw new DomainError('NOT_FOUND', `There is no person ${id}.`);
    const { manager } = this.people;
    const versions = await versionsOf(manager, 'person', [id]);
    return {
      ...person,
      version: versions.get(id) ?? 0,
      rights: (await accessOf(manager, id)).rights,
      expert: row.expert === null ? null : await this.#toExpert(row, row.expert),
      certificates: await this.certificates.ofPerson(id),
    };
  }

  /** Adds or changes one. Throws E_CHANGED_MEANWHILE, NOT_FOUND (organisation), E_RIGHT_NOT_HELD (of a person with more rights). */
  async put(author: Author, id: string, { basis, name, organisation }: PersonPut): Promise<PersonDetail> {
    await this.book.change(author, async (tx) => {
      await tx.expect('person', id, await tx.repository(PersonEntity).existsBy({ id }), basis);
      await mustHoldAllOf(tx, id);
      if (organisation !== null && !(await tx.repository(OrganisationEntity).existsBy({ id: organisation })))
        throw new DomainError('NOT_FOUND', `There is no organisation ${organisation}.`);
      const row = { id, name, organisation: organisation === null ? null : { id: organisation } };
      await tx.put(PersonEntity, 'put', 'person', [{ subject: id, row }]);
    });
    return this.one(id);
  }

  async #toPeople(rows: PersonEntity[]): Promise<Person[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const { manager } = this.people;
    const grants = await manager
      .getRepository(PersonRoleEntity)
      .createQueryBuilder('held')
      .where('held.person_id IN (:...ids)', { ids })
      .orderBy('held.role_id')
      .getMany();
    const experts = await manager
      .getRepository(ExpertEntity)
      .createQueryBuilder('expert')
      .where('expert.person_id IN (:...ids)', { ids })
      .getMany();
    const expertIds = new Set(experts.map(({ personId }) => personId));
    return rows.map(({ id, name, organisation }) => ({
      id,
      name,
      organisation: organisation === null ? null : { id: organisation.id, name: organisation.name },
      roles: grants.filter(({ personId }) => personId === id).map(({ roleId }) => roleId),
      isExpert: expertIds.has(id),
    }));
  }

  async #toExpert({ id, name }: PersonEntity, { specialties, city, active }: ExpertEntity): Promise<Expert> {
    const versions = await versionsOf(this.people.manager, 'expert', [id]);
    return { person: { id, name }, specialties, city, active, version: versions.get(id) ?? 0 };
  }
}
