import type { CalendarYear } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Rest days of a year, as they were announced. */
@Entity()
export class CalendarYearEntity {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'PK_calendar_year' })
  year!: number;

  @Column('jsonb')
  decree!: CalendarYear;
}
