import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * One row: the version of the registry. Whoever changes the registry holds its lock until he commits, so that versions are committed in
 * order and whoever has read up to one has read all before it.
 */
@Entity()
export class RegistryStateEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_registry_state' })
  id!: number;

  @Column('integer')
  version!: number;
}
