import type { Expert, ExpertPut } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Page, PageQuery } from '../page.js';
import { beginning, readPage } from '../page.js';
import { PersonEntity } from '../people/person.entity.js';
import type { Author } from '../record/registry-book.js';
import { RegistryBook, versionsOf } from '../record/registry-book.js';
import { ExpertEntity } from './expert.entity.js';

export interface ExpertQuery extends PageQuery {
  readonly q?: string | undefined;
  readonly city?: string | undefined;
  readonly specialty?: string | undefined;
}

/** The expert pool (评标专家库) as the pool office keeps it. */
@Injectable()
export class PoolService {
  constructor(
    @InjectRepository(ExpertEntity) private readonly experts: Repository<ExpertEntity>,
    private readonly book: RegistryBook,
  ) {}

  /** In the order of their ids; `q` is the beginning of an id or a name, `specialty` one of the codes. */
  async page(query: ExpertQuery): Promise<Page<Expert>> {
    const { q, city, specialty, after } = query;
    const select = this.#select().orderBy('expert.personId');
    if (after !== undefined) select.andWhere('expert.personId > :after', { after });
    if (q) select.andWhere('(expert.personId LIKE :q OR person.name LIKE :q)', { q: beginning(q) });
    if (city !== undefined) select.andWhere('expert.city = :city', { city });
    if (specialty !== undefined) select.andWhere('expert.specialties @> ARRAY[:specialty]::text[]', { specialty });
    return readPage(
      select,
      query,
      ({ personId }) => personId,
      (rows) => this.#toExperts(rows),
    );
  }

  /** Throws NOT_FOUND. */
  async one(person: string): Promise<Expert> {
    const rows = await this.#select().where('expert.personId = :person', { person }).getMany();
    const [expert] = await this.#toExperts(rows);
    if (expert === undefined) throw new DomainError('NOT_FOUND', `There is no expert ${person}.`);
    return expert;
  }

  /** Takes a person into the pool or changes what stands there of them. Throws NOT_FOUND (the person), E_CHANGED_MEANWHILE. */
  async put(author: Author, person: string, { basis, specialties, city, active }: ExpertPut): Promise<Expert> {
    await this.book.change(author, async (tx) => {
      if (!(await tx.repository(PersonEntity).existsBy({ id: person })))
        throw new DomainError('NOT_FOUND', `There is no person ${person}.`);
      await tx.expect('expert', person, await tx.repository(ExpertEntity).existsBy({ personId: person }), basis);
      await tx.put(ExpertEntity, 'put', 'expert', [{ subject: person, row: { personId: person, specialties, city, active } }]);
    });
    return this.one(person);
  }

  #select() {
    return this.experts.createQueryBuilder('expert').innerJoinAndSelect('expert.person', 'person');
  }

  async #toExperts(rows: ExpertEntity[]): Promise<Expert[]> {
    const ids = rows.map(({ personId }) => personId);
    const versions = await versionsOf(this.experts.manager, 'expert', ids);
    return rows.map(({ personId, person, specialties, city, active }) => ({
      person: { id: personId, name: person.name },
      specialties,
      city,
      active,
      version: versions.get(personId) ?? 0,
    }));
  }
}
