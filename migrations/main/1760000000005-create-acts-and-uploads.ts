import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Acts before the deadline (电子招标投标办法 Art. 21: their number is secret): kept encrypted until the lock opens the list,
 * placed in the platform log as opaque commitments. `upload` says how far a ciphertext has come and who sends it.
 */
export class CreateActsAndUploads1760000000005 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE platform_act (
        number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT "PK_platform_act" PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT "UQ_platform_act_id" UNIQUE,
        request bytea NOT NULL,
        commitment bytea NOT NULL,
        ciphertext bytea NOT NULL,
        lot_tag bytea,
        batch_seq integer,
        batch_index integer
      )`);
    await query.query('CREATE INDEX "IDX_platform_act_pending" ON platform_act (number) WHERE batch_seq IS NULL');
    // The tag is a keyed hash of the origin: whoever reads the table can not count the acts of a lot he knows.
    await query.query('CREATE INDEX "IDX_platform_act_lot_tag" ON platform_act (lot_tag)');
    await query.query(`
      CREATE TABLE upload (
        sha character varying(64) NOT NULL,
        person character varying NOT NULL,
        size bigint NOT NULL,
        is_complete boolean NOT NULL DEFAULT false,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT "PK_upload" PRIMARY KEY (sha)
      )`);
    await query.query('REVOKE DELETE ON platform_act FROM gongping_app');
    await query.query('REVOKE UPDATE ON platform_act FROM gongping_app');
    await query.query('GRANT UPDATE (batch_seq, batch_index) ON platform_act TO gongping_app');
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ['upload', 'platform_act']) await query.query(`DROP TABLE ${table}`);
  }
}
