import type { AuthorityPut, RegisteredAuthority } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { CertificateFacts, CryptoProfile, RevocationList } from '@app/sealing';
import { readCertificate, readRevocationList, TrustStore } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PROFILE } from '../../core/tokens.js';
import type { Author } from '../record/registry-book.js';
import { RegistryBook, versionsOf } from '../record/registry-book.js';
import { AuthorityEntity } from './authority.entity.js';

/** Trusted roots and their newest revocation lists. */
@Injectable()
export class AuthoritiesService {
  constructor(
    @InjectRepository(AuthorityEntity) private readonly authorities: Repository<AuthorityEntity>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly book: RegistryBook,
  ) {}

  async all(): Promise<RegisteredAuthority[]> {
    const rows = await this.authorities.find({ order: { fingerprint: 'ASC' } });
    const versions = await versionsOf(
      this.authorities.manager,
      'authority',
      rows.map(({ fingerprint }) => fingerprint),
    );
    return rows.flatMap((row) => {
      const { facts, list } = this.#read(row);
      return facts === null || list === null ? [] : [toAuthority(facts, list, versions.get(facts.fingerprint) ?? 0)];
    });
  }

  /**
   * Trusts a root, or gives a known one a newer list. Throws E_INPUT for a certificate that is no authority's, a list that it has not
   * signed, and a list older than the one at hand: it would bring revoked certificates back.
   */
  async put(author: Author, authority: AuthorityPut): Promise<RegisteredAuthority[]> {
    const { facts, list } = this.#read(authority);
    try {
      new TrustStore(this.profile, { roots: [authority.certificate], revocationLists: [authority.revocationList] });
    } catch (cause) {
      throw new DomainError('E_INPUT', cause instanceof Error ? `${cause.message}.` : 'The authority cannot be read.', { cause });
    }
    if (facts === null || list === null) throw new DomainError('E_INPUT', 'The authority cannot be read.');
    await this.book.change(author, async (tx) => {
      const { fingerprint } = facts;
      const known = await tx.repository(AuthorityEntity).findOneBy({ fingerprint });
      const before = known === null ? null : this.#read(known).list;
      if (before !== null && list.thisUpdate < before.thisUpdate)
        throw new DomainError('E_INPUT', `revocationList: it is of ${list.thisUpdate}, the one at hand of ${before.thisUpdate}.`);
      await tx.put(AuthorityEntity, 'put', 'authority', [{ subject: fingerprint, row: { fingerprint, ...authority } }]);
    });
    return this.all();
  }

  #read({ certificate, revocationList }: AuthorityPut): { facts: CertificateFacts | null; list: RevocationList | null } {
    return { facts: readCertificate(this.profile, certificate), list: readRevocationList(revocationList) };
  }
}

const toAuthority = (facts: CertificateFacts, list: RevocationList, version: number): RegisteredAuthority => ({
  fingerprint: facts.fingerprint,
  subject: facts.subjectText,
  notBefore: facts.notBefore,
  notAfter: facts.notAfter,
  list: { thisUpdate: list.thisUpdate, nextUpdate: list.nextUpdate, revoked: list.revoked.size },
  version,
});
