import type { Organisation, OrganisationPut } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Page, PageQuery } from '../page.js';
import { beginning, readPage } from '../page.js';
import type { Author } from '../record/registry-book.js';
import { RegistryBook, versionsOf } from '../record/registry-book.js';
import { OrganisationEntity } from './organisation.entity.js';

@Injectable()
export class OrganisationsService {
  constructor(
    @InjectRepository(OrganisationEntity) private readonly organisations: Repository<OrganisationEntity>,
    private readonly book: RegistryBook,
  ) {}

  /** In the order of their ids; `q` is the beginning of an id, a name or a credit code. */
  async page(query: PageQuery & { q?: string | undefined }): Promise<Page<Organisation>> {
    const select = this.organisations.createQueryBuilder('organisation').orderBy('organisation.id');
    if (query.after !== undefined) select.andWhere('organisation.id > :after', { after: query.after });
    if (query.q)
      select.andWhere('(organisation.id LIKE :q OR organisation.name LIKE :q OR organisation.creditCode LIKE :q)', {
        q: beginning(query.q),
      });
    return readPage(
      select,
      query,
      ({ id }) => id,
      (rows) => this.#toOrganisations(rows),
    );
  }

  /** Throws NOT_FOUND. */
  async one(id: string): Promise<Organisation> {
    const row = await this.organisations.findOneBy({ id });
    const [organisation] = await this.#toOrganisations(row === null ? [] : [row]);
    if (organisation === undefined) throw new DomainError('NOT_FOUND', `There is no organisation ${id}.`);
    return organisation;
  }

  /** Adds or changes one. Throws E_CHANGED_MEANWHILE. */
  async put(author: Author, id: string, { basis, name, creditCode }: OrganisationPut): Promise<Organisation> {
    await this.book.change(author, async (tx) => {
      await tx.expect('organisation', id, await tx.repository(OrganisationEntity).existsBy({ id }), basis);
      await tx.put(OrganisationEntity, 'put', 'organisation', [{ subject: id, row: { id, name, creditCode } }]);
    });
    return this.one(id);
  }

  async #toOrganisations(rows: OrganisationEntity[]): Promise<Organisation[]> {
    const versions = await versionsOf(
      this.organisations.manager,
      'organisation',
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, name, creditCode }) => ({ id, name, creditCode, version: versions.get(id) ?? 0 }));
  }
}
