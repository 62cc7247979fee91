import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One changed record of the registry: who changed what and when. Rows are added and never changed. All changes of one transaction have
 * one `version` and one `act`, whose commitment stands in the platform log and whose content is kept sealed.
 */
@Entity()
@Index('IDX_registry_change_subject', ['kind', 'subject', 'version'])
@Index('IDX_registry_change_act', ['act'])
export class RegistryChangeEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_registry_change' })
  version!: number;

  /** Place within the act. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_registry_change' })
  place!: number;

  /** Id of the act in `platform_act`. */
  @Column('uuid')
  act!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  /** Who did it; null for whoever installs the system at its machine, and for a system with an API key. */
  @Column('character varying', { nullable: true })
  personId!: string | null;

  /** Fingerprint of the certificate that the person was logged in with. */
  @Column('character varying', { length: 64, nullable: true })
  certificate!: string | null;

  /** The API key by which a system did it; else null. */
  @Column('character varying', { length: 16, nullable: true })
  keyId!: string | null;

  @Column()
  action!: string;

  @Column()
  kind!: string;

  @Column()
  subject!: string;

  /** Hash of the changed record's content, hexadecimal; the content is in the act. */
  @Column({ length: 64 })
  hash!: string;
}
