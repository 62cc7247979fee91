import { Column, Entity, Index, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import { PersonEntity } from './person.entity.js';

@Entity()
@Index('IDX_organisation_credit_code', ['creditCode'])
@Index('IDX_organisation_name', { synchronize: false })
export class OrganisationEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_organisation' })
  id!: string;

  @Column({ length: 200 })
  name!: string;

  /** 统一社会信用代码 (unified social credit code). */
  @Column({ length: 18 })
  creditCode!: string;

  @OneToMany(() => PersonEntity, (person) => person.organisation)
  persons!: Relation<PersonEntity>[];
}
