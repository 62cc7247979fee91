import type { RegistryChange, RegistryKind } from '@app/contracts';
import { zRegistryAction, zRegistryKind } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { In, Repository } from 'typeorm';
import { POOL } from '../../core/tokens.js';
import { SealedActs } from '../../acts/sealed-acts.js';
import type { Page, PageQuery } from '../page.js';
import { readPage } from '../page.js';
import { ApiKeyEntity } from '../api-keys/api-key.entity.js';
import { PersonEntity } from '../people/person.entity.js';
import { RegistryChangeEntity } from './registry-change.entity.js';

export interface ChangeQuery extends PageQuery {
  readonly kind?: RegistryKind | undefined;
  readonly subject?: string | undefined;
  readonly person?: string | undefined;
}

const KEY = /^(\d{1,9})-(\d{1,9})$/;

/** Who changed what in the registry, and where the platform log has it. */
@Injectable()
export class RecordService {
  constructor(
    @InjectRepository(RegistryChangeEntity) private readonly changes: Repository<RegistryChangeEntity>,
    @Inject(POOL) private readonly pool: Pool,
    private readonly acts: SealedActs,
  ) {}

  /** The newest first. Throws E_INPUT for an `after` that is none of ours. */
  async page(query: ChangeQuery): Promise<Page<RegistryChange>> {
    const { kind, subject, person, after } = query;
    const select = this.changes.createQueryBuilder('change').orderBy('change.version', 'DESC').addOrderBy('change.place', 'DESC');
    if (after !== undefined) {
      const [, version, place] = KEY.exec(after) ?? [];
      if (version === undefined) throw new DomainError('E_INPUT', 'after: it is not the key of a page.');
      select.andWhere('(change.version, change.place) < (:version, :place)', { version: Number(version), place: Number(place) });
    }
    if (kind !== undefined) select.andWhere('change.kind = :kind', { kind });
    if (subject !== undefined) select.andWhere('change.subject = :subject', { subject });
    if (person !== undefined) select.andWhere('change.person_id = :person', { person });
    return readPage(
      select,
      query,
      ({ version, place }) => `${String(version)}-${String(place)}`,
      (rows) => this.#toChanges(rows),
    );
  }

  async #toChanges(rows: RegistryChangeEntity[]): Promise<RegistryChange[]> {
    const authors = [...new Set(rows.flatMap(({ personId }) => personId ?? []))];
    const people = await this.changes.manager.getRepository(PersonEntity).findBy({ id: In(authors) });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const keys = await this.changes.manager.getRepository(ApiKeyEntity).findBy({ id: In(rows.flatMap(({ keyId }) => keyId ?? [])) });
    const keyNames = new Map(keys.map(({ id, name }) => [id, name]));
    const places = await this.acts.placesOf(this.pool, [...new Set(rows.map(({ act }) => act))]);
    return rows.map(({ version, act, at, personId, keyId, action, kind, subject, hash }) => ({
      version,
      at: at.toISOString(),
      by: personId === null ? null : { id: personId, name: names.get(personId) ?? personId },
      key: keyId === null ? null : { id: keyId, name: keyNames.get(keyId) ?? keyId },
      act,
      action: zRegistryAction.parse(action),
      kind: zRegistryKind.parse(kind),
      subject,
      hash,
      place: places.get(act) ?? null,
    }));
  }
}
