import type { Right } from '@app/contracts';
import { Column, Entity, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import { PersonRoleEntity } from './person-role.entity.js';

/**
 * A role (角色) of the installation: the rights that whoever holds it has. What somebody may do in a lot comes from the lot, never from here.
 */
@Entity()
export class AccessRoleEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_access_role' })
  id!: string;

  @Column({ length: 60 })
  name!: string;

  @Column('text', { array: true })
  rights!: Right[];

  /** Came with the system: it can be changed and not removed. */
  @Column({ default: false })
  isBuiltIn!: boolean;

  @OneToMany(() => PersonRoleEntity, (grant) => grant.role)
  grants!: Relation<PersonRoleEntity>[];
}
