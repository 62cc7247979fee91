import type { RegistryImport, RegistryKind } from '@app/contracts';
import type { CertificateFacts, CryptoProfile } from '@app/sealing';
import { readCertificate, TrustStore, verifyKeyBinding } from '@app/sealing';
import { DomainError } from '@app/platform';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { hasAdministrator } from '../access/access-guards.js';
import {
  AuthorityEntity,
  CertificateEntity,
  ExpertEntity,
  OrganisationEntity,
  PersonEntity,
  PersonRoleEntity,
  RegistryChangeEntity,
  RoomEntity,
  SeatEntity,
  VenueEntity,
} from '../entities.js';
import type { RegistryBook, RegistryTx } from '../record/registry-book.js';
import { INSTALLER } from '../record/registry-book.js';

interface Records {
  readonly entity: EntityTarget<ObjectLiteral>;
  readonly kind: RegistryKind;
  readonly rows: readonly { readonly subject: string; readonly row: ObjectLiteral }[];
}

/**
 * Takes a registry file in, whole or not at all: what an installation knows before anybody can log in. Taking it in again changes
 * nothing, and never what a person has changed since: the file founds, people go on.
 */
export class RegistryFileImporter {
  constructor(
    private readonly book: RegistryBook,
    private readonly profile: CryptoProfile,
  ) {}

  /** Number of records that were new or different. Throws E_INPUT naming the record at fault. */
  async import(file: RegistryImport): Promise<number> {
    this.#checkAuthorities(file);
    const tables = [...this.#people(file), ...this.#places(file)];
    return this.book.change(INSTALLER, async (tx) => {
      for (const table of tables) await putUntouched(tx, table);
      if (!(await hasAdministrator(tx.manager, tx.at))) await this.#roles(tx, file);
      return tx.changes.length;
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

  #readCertificate(item: RegistryImport['certificates'][number]): CertificateFacts {
    const facts = readCertificate(this.profile, item.certificate);
    if (facts === null) throw new DomainError('E_INPUT', `the certificate of ${item.person} cannot be read`);
    if (item.encryptionKey !== null && !verifyKeyBinding(this.profile, facts, item.encryptionKey)) {
      throw new DomainError('E_INPUT', `the encryption key of ${item.person} is not bound by the certificate`);
    }
    return facts;
  }

  #people(file: RegistryImport): Records[] {
    const certificates = file.certificates.map((item) => {
      const facts = this.#readCertificate(item);
      return { subject: facts.fingerprint, row: certificateRow(item.person, item, facts) };
    });
    return [
      { entity: OrganisationEntity, kind: 'organisation', rows: file.organisations.map((row) => ({ subject: row.id, row })) },
      {
        entity: PersonEntity,
        kind: 'person',
        rows: file.persons.map(({ id, name, organisation }) => ({
          subject: id,
          row: { id, name, organisation: organisation === null ? null : { id: organisation } },
        })),
      },
      {
        entity: ExpertEntity,
        kind: 'expert',
        rows: file.experts.map(({ person, ...expert }) => ({ subject: person, row: { personId: person, ...expert } })),
      },
      { entity: CertificateEntity, kind: 'certificate', rows: certificates },
    ];
  }

  #places(file: RegistryImport): Records[] {
    const authorities = file.authorities.map((row) => {
      const fingerprint = readCertificate(this.profile, row.certificate)?.fingerprint ?? '';
      return { subject: fingerprint, row: { fingerprint, ...row } };
    });
    const rooms = file.venues.flatMap((venue) => venue.rooms.map((room) => ({ ...room, venue: { id: venue.id } })));
    const seats = rooms.flatMap((room) => room.seats.map((seat) => ({ ...seat, room: { id: room.id } })));
    return [
      { entity: AuthorityEntity, kind: 'authority', rows: authorities },
      { entity: VenueEntity, kind: 'venue', rows: file.venues.map(({ rooms: _rooms, ...row }) => ({ subject: row.id, row })) },
      { entity: RoomEntity, kind: 'room', rows: rooms.map(({ id, name, venue }) => ({ subject: id, row: { id, name, venue } })) },
      { entity: SeatEntity, kind: 'seat', rows: seats.map((row) => ({ subject: row.id, row })) },
    ];
  }

  async #roles(tx: RegistryTx, { roles }: RegistryImport): Promise<void> {
    const rows = roles.map(({ person, role }) => ({ subject: `${person}/${role}`, row: { personId: person, roleId: role } }));
    await tx.put(PersonRoleEntity, 'grant', 'grant', rows);
  }
}

/** Columns of a certificate that is bound to a person. */
export const certificateRow = (
  person: string,
  item: Pick<RegistryImport['certificates'][number], 'certificate' | 'encryptionKey'>,
  facts: CertificateFacts,
): ObjectLiteral => ({
  fingerprint: facts.fingerprint,
  certificate: item.certificate,
  encryptionKey: item.encryptionKey?.publicKey ?? null,
  encryptionKeySignature: item.encryptionKey?.signature ?? null,
  notBefore: new Date(facts.notBefore),
  notAfter: new Date(facts.notAfter),
  person: { id: person },
});

async function putUntouched(tx: RegistryTx, { entity, kind, rows }: Records): Promise<void> {
  if (rows.length === 0) return;
  const last = await tx
    .repository(RegistryChangeEntity)
    .createQueryBuilder('change')
    .distinctOn(['change.subject'])
    .select(['change.subject AS subject', 'change.person_id AS person'])
    .where('change.kind = :kind AND change.subject IN (:...subjects)', { kind, subjects: rows.map(({ subject }) => subject) })
    .orderBy('change.subject')
    .addOrderBy('change.version', 'DESC')
    .getRawMany<{ subject: string; person: string | null }>();
  const touched = new Set(last.filter(({ person }) => person !== null).map(({ subject }) => subject));
  await tx.put(
    entity,
    'put',
    kind,
    rows.filter(({ subject }) => !touched.has(subject)),
  );
}
