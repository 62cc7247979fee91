import type { KeyRight } from '@app/contracts';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganisationEntity } from '../people/organisation.entity.js';
import { PersonEntity } from '../people/person.entity.js';

/** An API key (接口密钥) of an organisation's system. */
@Entity()
export class ApiKeyEntity {
  @PrimaryColumn({ length: 16, primaryKeyConstraintName: 'PK_api_key' })
  id!: string;

  @Column({ length: 60 })
  name!: string;

  @ManyToOne(() => OrganisationEntity, { nullable: false })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'FK_api_key_organisation' })
  organisation!: Relation<OrganisationEntity>;

  @Column('text', { array: true })
  rights!: KeyRight[];

  /** Hash of the 256 random bits that are the secret, hexadecimal. The secret itself is nowhere here. */
  @Column({ length: 64 })
  secretHash!: string;

  /** Who made it. */
  @ManyToOne(() => PersonEntity, { nullable: false })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'FK_api_key_person' })
  person!: Relation<PersonEntity>;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  endsAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt!: Date | null;

  @Column('character varying', { length: 200, nullable: true })
  revocationReason!: string | null;
}
