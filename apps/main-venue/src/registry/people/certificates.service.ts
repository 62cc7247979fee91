import type { CertificatePost, RegisteredCertificate, Revocation } from '@app/contracts';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { readCertificate, verifyKeyBinding } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PROFILE } from '../../core/tokens.js';
import { keepingAdministrator, mustHoldAllOf } from '../access/access-guards.js';
import { certificateRow } from '../imports/registry-file.js';
import { RegistryView } from '../live/registry-view.js';
import type { Page, PageQuery } from '../page.js';
import { readPage } from '../page.js';
import type { Author } from '../record/registry-book.js';
import { RegistryBook } from '../record/registry-book.js';
import { CertificateEntity } from './certificate.entity.js';
import { PersonEntity } from './person.entity.js';

/** Certificates of one person in an answer. */
const OF_PERSON_MAX = 50;

@Injectable()
export class CertificatesService {
  constructor(
    @InjectRepository(CertificateEntity) private readonly certificates: Repository<CertificateEntity>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly registry: RegistryView,
    private readonly book: RegistryBook,
    private readonly clock: Clock,
  ) {}

  /** In the order of their fingerprints. */
  async page(query: PageQuery & { person?: string | undefined }): Promise<Page<RegisteredCertificate>> {
    const select = this.#select();
    if (query.after !== undefined) select.andWhere('certificate.fingerprint > :after', { after: query.after });
    if (query.person !== undefined) select.andWhere('certificate.person_id = :person', { person: query.person });
    return readPage(
      select,
      query,
      ({ fingerprint }) => fingerprint,
      (rows) => rows.map((row) => this.#toCertificate(row)),
    );
  }

  async ofPerson(person: string): Promise<RegisteredCertificate[]> {
    const rows = await this.#select().where('certificate.person_id = :person', { person }).take(OF_PERSON_MAX).getMany();
    return rows.map((row) => this.#toCertificate(row));
  }

  /** Throws NOT_FOUND. */
  async one(fingerprint: string): Promise<RegisteredCertificate> {
    const row = await this.#select().where('certificate.fingerprint = :fingerprint', { fingerprint }).getOne();
    if (row === null) throw new DomainError('NOT_FOUND', 'There is no such certificate.');
    return this.#toCertificate(row);
  }

  /**
   * Binds a certificate to a person. Throws E_INPUT, NOT_FOUND, CERT_UNKNOWN, CERT_EXPIRED, CERT_REVOKED (of its authority, or
   * here: what was revoked stays so), E_CERT_BOUND, E_RIGHT_NOT_HELD.
   */
  async bind(author: Author, person: string, item: CertificatePost): Promise<RegisteredCertificate> {
    const facts = readCertificate(this.profile, item.certificate);
    if (facts === null) throw new DomainError('E_INPUT', 'certificate: it cannot be read.');
    if (item.encryptionKey !== null && !verifyKeyBinding(this.profile, facts, item.encryptionKey))
      throw new DomainError('E_INPUT', 'encryptionKey: it is not signed by the key of the certificate.');
    const check = this.registry.checkCertificate(item.certificate, this.clock.instant());
    if (!check.ok) throw new DomainError(check.code, check.message);
    await this.book.change(author, async (tx) => {
      if (!(await tx.repository(PersonEntity).existsBy({ id: person })))
        throw new DomainError('NOT_FOUND', `There is no person ${person}.`);
      await mustHoldAllOf(tx, person);
      const known = await tx
        .repository(CertificateEntity)
        .findOne({ where: { fingerprint: facts.fingerprint }, relations: { person: true } });
      if (known !== null && known.person.id !== person) throw new DomainError('E_CERT_BOUND', 'The certificate is bound to somebody else.');
      if (known?.revokedAt) throw new DomainError('CERT_REVOKED', 'The certificate was revoked here. Issue another one.');
      const row = certificateRow(person, item, facts);
      await tx.put(CertificateEntity, 'bind', 'certificate', [{ subject: facts.fingerprint, row }]);
    });
    return this.one(facts.fingerprint);
  }

  /**
   * Takes the certificate for nothing from now on, for good. Doing it again changes nothing. Throws NOT_FOUND, E_RIGHT_NOT_HELD,
   * E_LAST_ADMINISTRATOR.
   */
  async revoke(author: Author, fingerprint: string, { reason }: Revocation): Promise<RegisteredCertificate> {
    await this.book.change(author, async (tx) => {
      const certificates = tx.repository(CertificateEntity);
      const found = await certificates.findOne({ where: { fingerprint }, relations: { person: true } });
      if (found === null) throw new DomainError('NOT_FOUND', 'There is no such certificate.');
      await mustHoldAllOf(tx, found.person.id);
      if (found.revokedAt !== null) return;
      await keepingAdministrator(tx, async () => {
        await certificates.update({ fingerprint }, { revokedAt: new Date(tx.at), revocationReason: reason });
      });
      const content = { fingerprint, person: found.person.id, revokedAt: tx.at, reason };
      tx.note({ action: 'revoke', kind: 'certificate', subject: fingerprint, content });
    });
    return this.one(fingerprint);
  }

  #select() {
    return this.certificates
      .createQueryBuilder('certificate')
      .innerJoinAndSelect('certificate.person', 'person')
      .orderBy('certificate.fingerprint');
  }

  #toCertificate(row: CertificateEntity): RegisteredCertificate {
    const { fingerprint, person, notBefore, notAfter, encryptionKey, revokedAt, revocationReason } = row;
    const facts = readCertificate(this.profile, row.certificate);
    return {
      fingerprint,
      person: { id: person.id, name: person.name },
      subject: facts?.subjectText ?? '',
      issuer: facts?.issuerText ?? '',
      serial: facts?.serial ?? '',
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
      hasEncryptionKey: encryptionKey !== null,
      standing: this.#standingOf(row),
      revokedAt: revokedAt?.toISOString() ?? null,
      revocationReason,
    };
  }

  #standingOf({ certificate, revokedAt }: CertificateEntity): RegisteredCertificate['standing'] {
    if (revokedAt !== null) return 'revoked';
    const check = this.registry.checkCertificate(certificate, this.clock.instant());
    if (check.ok) return 'good';
    return check.code === 'CERT_EXPIRED' ? 'expired' : check.code === 'CERT_REVOKED' ? 'revoked' : 'untrusted';
  }
}
