import { Column, Entity, JoinColumn, ManyToOne, OneToMany, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { CertificateEntity } from './certificate.entity.js';
import { ExpertEntity } from './expert.entity.js';
import { OrganisationEntity } from './organisation.entity.js';

@Entity()
export class PersonEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_person' })
  id!: string;

  @Column({ length: 60 })
  name!: string;

  /** Platform-wide duties: `operator`, `pool-owner`, `venue-staff`. */
  @Column('text', { array: true, default: '{}' })
  duties!: string[];

  @ManyToOne(() => OrganisationEntity, (organisation) => organisation.persons, { nullable: true })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'FK_person_organisation' })
  organisation!: Relation<OrganisationEntity> | null;

  @OneToMany(() => CertificateEntity, (certificate) => certificate.person)
  certificates!: Relation<CertificateEntity>[];

  @OneToOne(() => ExpertEntity, (expert) => expert.person)
  expert!: Relation<ExpertEntity> | null;
}
