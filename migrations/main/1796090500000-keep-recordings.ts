import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a process may do with each table. */
const RIGHTS = {
  recorded_landing: 'SELECT, INSERT, UPDATE (is_here)',
  recorded_segment: 'SELECT, INSERT, UPDATE (is_here)',
};

/**
 * Recordings of the lots: landings as the lots' logs name them, segments as the landings' files name them, and which files have come here. It follows from
 * logs and files and can be made anew from them.
 */
export class KeepRecordings1796090500000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE recorded_landing (
        origin text NOT NULL,
        seq integer NOT NULL,
        at text NOT NULL,
        venue text NOT NULL,
        index integer NOT NULL,
        hash text NOT NULL,
        received_from text NOT NULL,
        received_to text NOT NULL,
        segments integer NOT NULL,
        gaps integer NOT NULL,
        bytes bigint NOT NULL,
        is_here boolean NOT NULL DEFAULT false,
        CONSTRAINT "PK_recorded_landing" PRIMARY KEY (origin, seq)
      )`);
    await query.query('CREATE INDEX "IDX_recorded_landing_hash" ON recorded_landing (origin, hash)');
    await query.query(`
      CREATE TABLE recorded_segment (
        origin text NOT NULL,
        hash text NOT NULL,
        venue text NOT NULL,
        bytes integer NOT NULL,
        is_here boolean NOT NULL DEFAULT false,
        CONSTRAINT "PK_recorded_segment" PRIMARY KEY (origin, hash)
      )`);
    for (const [table, rights] of Object.entries(RIGHTS)) {
      await query.query(`REVOKE ALL ON ${table} FROM gongping_app, gongping_eraser`);
      await query.query(`GRANT ${rights} ON ${table} TO gongping_app`);
    }
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of Object.keys(RIGHTS)) await query.query(`DROP TABLE ${table}`);
  }
}
