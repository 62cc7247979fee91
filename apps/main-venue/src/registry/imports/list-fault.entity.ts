import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of a list that was not taken in, and why. */
@Entity()
export class ListFaultEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_list_fault' })
  importId!: string;

  /** Place among the records of the list. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_list_fault' })
  position!: number;

  @Column('integer')
  line!: number;

  /** Name of the column at fault; empty for the line as a whole. */
  @Column('character varying', { name: 'column_name' })
  column!: string;

  @Column('character varying')
  code!: string;

  @Column('text')
  message!: string;
}
