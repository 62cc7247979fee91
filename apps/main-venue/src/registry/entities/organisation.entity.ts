import { Column, Entity, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import { PersonEntity } from './person.entity.js';

@Entity()
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
