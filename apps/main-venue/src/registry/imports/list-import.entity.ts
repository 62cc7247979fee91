import type { ListFormat, ListKind, ListState } from '@app/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A list (CSV or JSON) that somebody handed in, and how far it has been taken in. */
@Entity()
@Index('IDX_list_import_at', ['at', 'id'])
export class ListImportEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_list_import' })
  id!: string;

  @Column('character varying')
  kind!: ListKind;

  @Column('character varying')
  format!: ListFormat;

  @Column({ length: 200 })
  fileName!: string;

  @Column('bigint')
  sizeBytes!: string;

  /** Hash of the file, hexadecimal: its name in the store, and what the record of changes refers to. */
  @Column({ length: 64 })
  sha!: string;

  @Column()
  personId!: string;

  @Column({ length: 64 })
  certificate!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column('character varying')
  /** Whether its job was given up meanwhile, the job knows. */
  state!: Exclude<ListState, 'stopped'>;

  /** Lines read so far, records that were new or different, records that were the same, and lines with a fault. */
  @Column('integer', { default: 0 })
  lines!: number;

  @Column('integer', { default: 0 })
  changed!: number;

  @Column('integer', { default: 0 })
  unchanged!: number;

  @Column('integer', { default: 0 })
  faults!: number;

  /** Why it was refused as a whole. */
  @Column('character varying', { nullable: true })
  code!: string | null;

  @Column('text', { nullable: true })
  message!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
