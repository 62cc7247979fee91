import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { PersonEntity } from '../people/person.entity.js';
import { AccessRoleEntity } from './access-role.entity.js';

/** A role that a person holds. Who granted it and when stands in the record of changes. */
@Entity()
@Index('IDX_person_role_role', ['roleId'])
export class PersonRoleEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_person_role' })
  personId!: string;

  @PrimaryColumn({ primaryKeyConstraintName: 'PK_person_role' })
  roleId!: string;

  @ManyToOne(() => PersonEntity, (person) => person.roles, { nullable: false })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'FK_person_role_person' })
  person!: Relation<PersonEntity>;

  @ManyToOne(() => AccessRoleEntity, (role) => role.grants, { nullable: false })
  @JoinColumn({ name: 'role_id', foreignKeyConstraintName: 'FK_person_role_role' })
  role!: Relation<AccessRoleEntity>;
}
