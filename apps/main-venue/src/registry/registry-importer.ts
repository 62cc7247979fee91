import type { JsonValue, RegistryImport } from '@app/contracts';
import type { CertificateFacts, CryptoProfile } from '@app/sealing';
import { readCertificate, TrustStore, verifyKeyBinding } from '@app/sealing';
import { DomainError } from '@app/platform';
import type { DataSource, EntityManager } from 'typeorm';
import type { SealedActs } from '../acts/sealed-acts.js';
import {
  AuthorityEntity,
  CertificateEntity,
  ExpertEntity,
  OrganisationEntity,
  PersonEntity,
  RoomEntity,
  SeatEntity,
  VenueEntity,
} from './entities/index.js';

interface Change {
  readonly table: string;
  readonly id: string;
  readonly content: JsonValue;
}

/**
 * Takes a registry file in, whole or not at all; taking it in again changes nothing. Every changed record is committed to the
 * platform log: as a commitment, since who is in the pool is not public.
 */
export class RegistryImporter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly profile: CryptoProfile,
    private readonly acts: SealedActs,
  ) {}

  /** Number of records that were new or different. Throws E_INPUT naming the record at fault. */
  async import(file: RegistryImport): Promise<number> {
    this.#checkAuthorities(file);
    const certificates = file.certificates.map((item) => this.#readCertificate(item));
    return this.dataSource.transaction(async (manager) => {
      const changes: Change[] = [];
      await this.#people(manager, file, changes);
      await this.#certificates(manager, certificates, changes);
      await this.#places(manager, file, changes);
      for (const change of changes) await this.acts.keepChange(manager, { ...change });
      return changes.length;
    });
  }

  #checkAuthorities(file: RegistryImport): void {
    try {
      new TrustStore(this.profile, {
        roots: file.authorities.map((authority) => authority.certificate),
        revocationLists: file.authorities.map((authority) => authority.revocationList),
      });
    } catch (cause) {
      throw new DomainError('E_INPUT', `authorities: ${cause instanceof Error ? cause.message : 'not readable'}`, { cause });
    }
  }

  #readCertificate(item: RegistryImport['certificates'][number]): { item: typeof item; facts: CertificateFacts } {
    const facts = readCertificate(this.profile, item.certificate);
    if (facts === null) throw new DomainError('E_INPUT', `the certificate of ${item.person} can not be read`);
    if (item.encryptionKey !== null && !verifyKeyBinding(this.profile, facts, item.encryptionKey)) {
      throw new DomainError('E_INPUT', `the encryption key of ${item.person} is not bound by the certificate`);
    }
    return { item, facts };
  }

  async #people(manager: EntityManager, file: RegistryImport, changes: Change[]): Promise<void> {
    for (const { id, name, creditCode } of file.organisations) {
      await save(manager, changes, OrganisationEntity, 'organisation', id, { id, name, creditCode });
    }
    for (const { id, name, organisation, duties } of file.persons) {
      const row = { id, name, duties, organisation: organisation === null ? null : { id: organisation } };
      await save(manager, changes, PersonEntity, 'person', id, row);
    }
    for (const { person, specialties, city, active } of file.experts) {
      await save(manager, changes, ExpertEntity, 'expert', person, { personId: person, specialties, city, active });
    }
  }

  async #certificates(
    manager: EntityManager,
    certificates: readonly { item: RegistryImport['certificates'][number]; facts: CertificateFacts }[],
    changes: Change[],
  ): Promise<void> {
    for (const { item, facts } of certificates) {
      const row = {
        fingerprint: facts.fingerprint,
        certificate: item.certificate,
        encryptionKey: item.encryptionKey?.publicKey ?? null,
        encryptionKeySignature: item.encryptionKey?.signature ?? null,
        notBefore: new Date(facts.notBefore),
        notAfter: new Date(facts.notAfter),
        person: { id: item.person },
      };
      await save(manager, changes, CertificateEntity, 'certificate', facts.fingerprint, row);
    }
  }

  async #places(manager: EntityManager, file: RegistryImport, changes: Change[]): Promise<void> {
    for (const authority of file.authorities) {
      const fingerprint = readCertificate(this.profile, authority.certificate)?.fingerprint ?? '';
      await save(manager, changes, AuthorityEntity, 'authority', fingerprint, { fingerprint, ...authority });
    }
    for (const { rooms, ...venue } of file.venues) {
      await save(manager, changes, VenueEntity, 'venue', venue.id, venue);
      for (const { seats, ...room } of rooms) {
        await save(manager, changes, RoomEntity, 'room', room.id, { ...room, venue: { id: venue.id } });
        for (const seat of seats) await save(manager, changes, SeatEntity, 'seat', seat.id, { ...seat, room: { id: room.id } });
      }
    }
  }
}

type EntityClass = abstract new () => object;

/** Writes a record that is new or different, and notes it. */
async function save(
  manager: EntityManager,
  changes: Change[],
  entity: EntityClass,
  table: string,
  id: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { columns, primaryColumns } = manager.dataSource.getMetadata(entity);
  const values = columns.map((column) => column.getEntityValue(row) as unknown);
  const names = columns.map((column) => `"${column.databaseName}"`);
  const key = primaryColumns.map((column) => `"${column.databaseName}"`).join(', ');
  const rest = names.filter((name) => !key.includes(name));
  const set = rest.map((name) => `${name} = excluded.${name}`).join(', ');
  const differs = rest.map((name) => `t.${name}`).join(', ');
  const given = rest.map((name) => `excluded.${name}`).join(', ');
  const places = values.map((_value, index) => `$${String(index + 1)}`).join(', ');
  const found: unknown = await manager.query(
    `INSERT INTO "${table}" AS t (${names.join(', ')}) VALUES (${places})
     ON CONFLICT (${key}) DO UPDATE SET ${set} WHERE (${differs}) IS DISTINCT FROM (${given}) RETURNING 1`,
    values,
  );
  if (Array.isArray(found) && found.length > 0) changes.push({ table, id, content: JSON.parse(JSON.stringify(row)) as JsonValue });
}
