import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When each segment was received: whoever looks at a recording is given the keys of some of them. And which landings lie at the main venue with all
 * that they name. Segments from before this release have no place here and no key of their own; no released engine landed any.
 */
export class KeepPlacesOfSegments1796090400000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE recording_segment (
        origin text NOT NULL,
        party text NOT NULL,
        source text NOT NULL,
        index integer NOT NULL,
        received_from text NOT NULL,
        received_to text NOT NULL,
        CONSTRAINT "PK_recording_segment" PRIMARY KEY (origin, party, source, index)
      )`);
    await query.query('ALTER TABLE recording_landing ADD COLUMN is_delivered boolean NOT NULL DEFAULT false');
    await query.query(`CREATE INDEX "IDX_recording_landing_undelivered" ON recording_landing (origin, index) WHERE NOT is_delivered`);
    await query.query('REVOKE ALL ON recording_segment FROM gongping_app');
    await query.query('GRANT SELECT, INSERT ON recording_segment TO gongping_app');
    await query.query('GRANT UPDATE (is_delivered) ON recording_landing TO gongping_app');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE recording_landing DROP COLUMN is_delivered');
    await query.query('DROP TABLE recording_segment');
  }
}
