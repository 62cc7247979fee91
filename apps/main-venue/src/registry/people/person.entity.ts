import { Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { CertificateEntity } from './certificate.entity.js';
import { PersonRoleEntity } from '../access/person-role.entity.js';
import { ExpertEntity } from '../pool/expert.entity.js';
import { OrganisationEntity } from './organisation.entity.js';

/** `IDX_person_name` serves searches by the beginning of a name; TypeORM has no word for its operator class. */
@Entity()
@Index('IDX_person_organisation', ['organisation'])
@Index('IDX_person_name', { synchronize: false })
export class PersonEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_person' })
  id!: string;

  @Column({ length: 60 })
  name!: string;

  @ManyToOne(() => OrganisationEntity, (organisation) => organisation.persons, { nullable: true })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'FK_person_organisation' })
  organisation!: Relation<OrganisationEntity> | null;

  @OneToMany(() => CertificateEntity, (certificate) => certificate.person)
  certificates!: Relation<CertificateEntity>[];

  @OneToOne(() => ExpertEntity, (expert) => expert.person)
  expert!: Relation<ExpertEntity> | null;

  @OneToMany(() => PersonRoleEntity, (grant) => grant.person)
  roles!: Relation<PersonRoleEntity>[];
}
