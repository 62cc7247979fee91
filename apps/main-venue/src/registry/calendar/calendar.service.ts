import type { CalendarPut, CalendarYear, RegisteredYear } from '@app/contracts';
import { CALENDAR_YEARS_MAX } from '@app/contracts';
import { CHINA_CALENDAR, following } from '@app/evaluation';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Author } from '../record/registry-book.js';
import { RegistryBook, versionsOf } from '../record/registry-book.js';
import { CalendarYearEntity } from './calendar-year.entity.js';

/** Rest days of the years that were announced after this release: data, so that nobody waits for another one. */
@Injectable()
export class CalendarService {
  constructor(
    @InjectRepository(CalendarYearEntity) private readonly years: Repository<CalendarYearEntity>,
    private readonly book: RegistryBook,
  ) {}

  async all(): Promise<RegisteredYear[]> {
    const rows = await this.years.find({ order: { year: 'ASC' } });
    const subjects = rows.map(({ year }) => String(year));
    const versions = await versionsOf(this.years.manager, 'calendar-year', subjects);
    return rows.map(({ year, decree }) => ({ decree, version: versions.get(String(year)) ?? 0 }));
  }

  /** What a lot is published with: the years that follow those of the release. */
  async toPublish(): Promise<readonly CalendarYear[]> {
    const rows = await this.years.find({ order: { year: 'ASC' } });
    return following(
      CHINA_CALENDAR,
      rows.map(({ decree }) => decree),
    ).slice(0, CALENDAR_YEARS_MAX);
  }

  /**
   * Enters a year, or corrects one; lots that are published keep theirs. Throws E_INPUT for a year that the release has, and for one after
   * a gap, E_CHANGED_MEANWHILE for another `basis` than the year's version.
   */
  async put(author: Author, { decree, basis }: CalendarPut): Promise<RegisteredYear[]> {
    await this.book.change(author, async (tx) => {
      const rows = await tx.repository(CalendarYearEntity).find();
      const known = rows.filter(({ year }) => year !== decree.year).map(({ decree: other }) => other);
      if (!following(CHINA_CALENDAR, [...known, decree]).includes(decree))
        throw new DomainError(
          'E_INPUT',
          `decree.year: the calendar of this release ends with ${CHINA_CALENDAR.to}, and years are entered one after the other.`,
        );
      const subject = String(decree.year);
      await tx.expect('calendar-year', subject, known.length < rows.length, basis);
      await tx.put(CalendarYearEntity, 'put', 'calendar-year', [{ subject, row: { year: decree.year, decree } }]);
    });
    return this.all();
  }
}
