import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which records a list under way has named, and as which one: finds the second of two. Its rows go when the list is done. */
@Entity()
export class ListKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_list_key' })
  importId!: string;

  @PrimaryColumn({ primaryKeyConstraintName: 'PK_list_key' })
  subject!: string;

  @Column('integer')
  position!: number;
}
