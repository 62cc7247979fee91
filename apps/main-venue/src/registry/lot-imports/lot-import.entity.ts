import type { LotImport } from '@app/evaluation';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';

/** A lot that an upstream trading platform handed over, as it came. Rows are added and never changed. */
@Entity()
@Index('UQ_lot_import_upstream', ['organisationId', 'upstreamId'], { unique: true })
@Index('IDX_lot_import_agency', ['agencyId', 'lot'])
export class LotImportEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_lot_import' })
  lot!: string;

  /** The platform. */
  @Column()
  organisationId!: string;

  @ManyToOne(() => OrganisationEntity, { nullable: false })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'FK_lot_import_organisation' })
  organisation!: Relation<OrganisationEntity>;

  /** Its own name of the handing-over. */
  @Column({ length: 80 })
  upstreamId!: string;

  @Column()
  agencyId!: string;

  @ManyToOne(() => OrganisationEntity, { nullable: false })
  @JoinColumn({ name: 'agency_id', foreignKeyConstraintName: 'FK_lot_import_agency' })
  agency!: Relation<OrganisationEntity>;

  /** Hash of the canonical content, hexadecimal. */
  @Column({ length: 64 })
  hash!: string;

  /** Read by its schema: changing that needs a migration. */
  @Column('jsonb')
  content!: LotImport;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;
}
