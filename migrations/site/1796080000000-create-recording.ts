import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site's process may do with each table. */
const RIGHTS = {
  recording_key: 'SELECT, INSERT',
  recording_track: 'SELECT, INSERT, UPDATE (last_index, last_hash, is_open, until)',
  recording_piece: 'SELECT, INSERT, DELETE, UPDATE (landing)',
  recording_landing: 'SELECT, INSERT, DELETE, UPDATE (is_landed)',
};

/**
 * The recorder of a site: keys of its segments as ciphertext of its storage key, where each track's chain ends, and what is described and not yet in
 * a lot's log. A piece goes when its landing is an entry: it stands in the landing's file then.
 */
export class CreateRecording1796080000000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE recording_key (
        origin text CONSTRAINT "PK_recording_key" PRIMARY KEY,
        sealed bytea NOT NULL
      )`);
    await query.query(`
      CREATE TABLE recording_track (
        origin text NOT NULL,
        party text NOT NULL,
        source text NOT NULL,
        last_index integer,
        last_hash text,
        is_open boolean NOT NULL,
        until text NOT NULL,
        CONSTRAINT "PK_recording_track" PRIMARY KEY (origin, party, source)
      )`);
    await query.query(`
      CREATE TABLE recording_piece (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT "PK_recording_piece" PRIMARY KEY,
        origin text NOT NULL,
        is_gap boolean NOT NULL,
        body text NOT NULL,
        landing integer
      )`);
    await query.query('CREATE INDEX "IDX_recording_piece_origin" ON recording_piece (origin, id)');
    await query.query(`
      CREATE TABLE recording_landing (
        origin text NOT NULL,
        index integer NOT NULL,
        hash text NOT NULL,
        is_landed boolean NOT NULL DEFAULT false,
        CONSTRAINT "PK_recording_landing" PRIMARY KEY (origin, index)
      )`);
    for (const [table, rights] of Object.entries(RIGHTS)) {
      await query.query(`REVOKE ALL ON ${table} FROM gongping_app`);
      await query.query(`GRANT ${rights} ON ${table} TO gongping_app`);
    }
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of Object.keys(RIGHTS)) await query.query(`DROP TABLE ${table}`);
  }
}
