import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Uploads by an id of their own: who sends what for which lot, how it ended, and which request writes it now. The table before it was by
 * hash and nothing ever wrote to it.
 */
export class KeepUploadsById1795964225344 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE upload');
    await query.query(`
      CREATE TABLE upload (
        id uuid NOT NULL CONSTRAINT "PK_upload" PRIMARY KEY,
        hash character varying(64) NOT NULL,
        size bigint NOT NULL CONSTRAINT "CHK_upload_size" CHECK (size > 0),
        person character varying NOT NULL,
        lot character varying,
        state character varying NOT NULL CONSTRAINT "CHK_upload_state" CHECK (state IN ('open', 'stored', 'refused')),
        created_at timestamptz(3) NOT NULL,
        last_byte_at timestamptz(3) NOT NULL,
        lease_holder uuid,
        lease_until timestamptz(3),
        is_lease_wanted boolean NOT NULL DEFAULT false
      )`);
    await query.query('CREATE INDEX "IDX_upload_person_hash" ON upload (person, hash)');
    await query.query('CREATE INDEX "IDX_upload_lot" ON upload (lot)');
    await query.query(`CREATE INDEX "IDX_upload_idle" ON upload (last_byte_at) WHERE state <> 'stored'`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE upload');
    await query.query(`
      CREATE TABLE upload (
        sha character varying(64) NOT NULL,
        person character varying NOT NULL,
        size bigint NOT NULL,
        is_complete boolean NOT NULL DEFAULT false,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT "PK_upload" PRIMARY KEY (sha)
      )`);
  }
}
