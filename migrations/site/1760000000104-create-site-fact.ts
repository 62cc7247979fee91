import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site must remember beside its lots: the pushed registry, the main venue's pinned key; and the sessions of its workstations. */
export class CreateSiteFact1760000000104 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE site_fact (
        name text CONSTRAINT "PK_site_fact" PRIMARY KEY,
        value bytea NOT NULL
      )`);
    await query.query(`
      CREATE TABLE site_session (
        token_hash text CONSTRAINT "PK_site_session" PRIMARY KEY,
        person text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE site_session');
    await query.query('DROP TABLE site_fact');
  }
}
