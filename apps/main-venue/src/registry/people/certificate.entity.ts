import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** A certificate bound to a person (A-12: one or more of each party). */
@Entity()
@Index('IDX_certificate_person', ['person'])
export class CertificateEntity {
  /** Hash of the DER, hexadecimal. */
  @PrimaryColumn({ length: 64, primaryKeyConstraintName: 'PK_certificate' })
  fingerprint!: string;

  /** DER, base64url. */
  @Column('text')
  certificate!: string;

  /** Key that bids are encrypted to, with the certificate's signature over the binding. */
  @Column('text', { nullable: true })
  encryptionKey!: string | null;

  @Column('text', { nullable: true })
  encryptionKeySignature!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  notBefore!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  notAfter!: Date;

  /** From when on the installation takes it for nothing, whatever its authority says; null while it is good here. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt!: Date | null;

  @Column('character varying', { length: 200, nullable: true })
  revocationReason!: string | null;

  @ManyToOne(() => PersonEntity, (person) => person.certificates, { nullable: false })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'FK_certificate_person' })
  person!: Relation<PersonEntity>;
}
