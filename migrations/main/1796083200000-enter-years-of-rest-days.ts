import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rest days of the years that are announced after a release. */
export class EnterYearsOfRestDays1796083200000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE calendar_year (
        year smallint NOT NULL,
        decree jsonb NOT NULL,
        CONSTRAINT "PK_calendar_year" PRIMARY KEY (year)
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE calendar_year');
  }
}
