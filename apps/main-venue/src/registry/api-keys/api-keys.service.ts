import { type ApiKey, type ApiKeyPost, type IssuedKey, keyToken, partsOfKeyToken, type Revocation, utf8 } from '@app/contracts';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { KeyFacts } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Repository } from 'typeorm';
import { PROFILE } from '../../core/tokens.js';
import { mustHold } from '../access/access-guards.js';
import { type Page, type PageQuery, readPage } from '../page.js';
import { OrganisationEntity } from '../people/organisation.entity.js';
import { type Author, RegistryBook } from '../record/registry-book.js';
import { ApiKeyEntity } from './api-key.entity.js';

const ID_BYTES = 8;
const DAY_MS = 86_400_000;
/** No id of a key's table: what an unknown key's secret is compared with, so that it takes the time of a known one. */
const NO_HASH = '0'.repeat(64);

/** 接口密钥: made and revoked by whoever holds their rights, shown once, kept as hashes. */
@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKeyEntity) private readonly keys: Repository<ApiKeyEntity>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly book: RegistryBook,
    private readonly clock: Clock,
  ) {}

  /** In the order of their ids. */
  async page(query: PageQuery): Promise<Page<ApiKey>> {
    const select = this.#select();
    if (query.after !== undefined) select.andWhere('key.id > :after', { after: query.after });
    return readPage(
      select,
      query,
      ({ id }) => id,
      (rows) => rows.map((row) => this.#toKey(row)),
    );
  }

  /** Makes a key; a lost answer is a lost key, to be revoked. Throws NOT_FOUND, E_RIGHT_NOT_HELD. */
  async issue(author: Author, { name, organisation, rights: asked, days }: ApiKeyPost): Promise<IssuedKey> {
    const id = randomBytes(ID_BYTES).toString('hex');
    const secret = this.profile.newSalt();
    await this.book.change(author, async (tx) => {
      const rights = [...new Set(asked)].sort();
      await mustHold(tx, rights);
      if (!(await tx.repository(OrganisationEntity).existsBy({ id: organisation })))
        throw new DomainError('NOT_FOUND', `There is no organisation ${organisation}.`);
      const endsAt = new Date(Date.parse(tx.at) + days * DAY_MS);
      const facts = { id, name, rights, endsAt };
      await tx.repository(ApiKeyEntity).insert({
        ...facts,
        organisation: { id: organisation },
        person: { id: author.person },
        secretHash: this.#hashOf(id, secret),
        at: new Date(tx.at),
      });
      const content = { id, name, organisation, rights, endsAt: endsAt.toISOString() };
      tx.note({ action: 'put', kind: 'key', subject: id, content });
    });
    return { key: await this.#one(id), token: keyToken(id, secret) };
  }

  /** Good for nothing from now on. Doing it again changes nothing. Throws NOT_FOUND, E_RIGHT_NOT_HELD. */
  async revoke(author: Author, id: string, { reason }: Revocation): Promise<ApiKey> {
    await this.book.change(author, async (tx) => {
      const keys = tx.repository(ApiKeyEntity);
      const found = await keys.findOneBy({ id });
      if (found === null) throw noKey(id);
      await mustHold(tx, found.rights);
      if (found.revokedAt !== null) return;
      await keys.update({ id }, { revokedAt: new Date(tx.at), revocationReason: reason });
      tx.note({ action: 'revoke', kind: 'key', subject: id, content: { id, revokedAt: tx.at, reason } });
    });
    return this.#one(id);
  }

  /** Whose token this is, noting that it was used; null when it is nobody's, has ended or was revoked. */
  async use(token: string): Promise<KeyFacts | null> {
    const parts = partsOfKeyToken(token);
    if (parts === null) return null;
    const { id, secret } = parts;
    const found = await this.#select().where('key.id = :id', { id }).getOne();
    const isRight = timingSafeEqual(Buffer.from(this.#hashOf(id, secret), 'hex'), Buffer.from(found?.secretHash ?? NO_HASH, 'hex'));
    if (found === null || !isRight || this.#standingOf(found) !== 'good') return null;
    await this.keys.update({ id }, { usedAt: new Date(this.clock.nowMs()) });
    const { organisation, rights } = found;
    return { id, organisation: { id: organisation.id, name: organisation.name }, rights };
  }

  #hashOf(id: string, secret: string): string {
    return this.profile.hashHex(utf8(keyToken(id, secret)));
  }

  #select() {
    return this.keys
      .createQueryBuilder('key')
      .innerJoinAndSelect('key.organisation', 'organisation')
      .innerJoinAndSelect('key.person', 'person')
      .orderBy('key.id');
  }

  async #one(id: string): Promise<ApiKey> {
    const row = await this.#select().where('key.id = :id', { id }).getOne();
    if (row === null) throw noKey(id);
    return this.#toKey(row);
  }

  #toKey(row: ApiKeyEntity): ApiKey {
    const { id, name, organisation, rights, person, at, endsAt, usedAt, revocationReason } = row;
    return {
      id,
      name,
      organisation: { id: organisation.id, name: organisation.name },
      rights,
      by: { id: person.id, name: person.name },
      at: at.toISOString(),
      endsAt: endsAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
      standing: this.#standingOf(row),
      revocationReason,
    };
  }

  #standingOf({ revokedAt, endsAt }: ApiKeyEntity): ApiKey['standing'] {
    if (revokedAt !== null) return 'revoked';
    return endsAt.getTime() <= this.clock.nowMs() ? 'expired' : 'good';
  }
}

const noKey = (id: string): DomainError => new DomainError('NOT_FOUND', `There is no API key ${id}.`);
