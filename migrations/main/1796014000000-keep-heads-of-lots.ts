import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Heads of lots as the platform log committed to them, one row for each entry of it in which a lot had grown: what an archive proves them
 * with. `branch` holds the 32 hashes beside the way from the lot's place to the root that the entry bears.
 */
export class KeepHeadsOfLots1796014000000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE lot_head (
        log_id integer NOT NULL,
        batch_seq integer NOT NULL,
        size integer NOT NULL,
        root bytea NOT NULL,
        branch bytea NOT NULL,
        CONSTRAINT "PK_lot_head" PRIMARY KEY (log_id, batch_seq)
      )`);
    // Hashes do not compress; trying would cost every beat.
    await query.query('ALTER TABLE lot_head ALTER COLUMN branch SET STORAGE EXTERNAL');
    await query.query('REVOKE ALL ON lot_head FROM gongping_app, gongping_eraser');
    await query.query('GRANT SELECT, INSERT ON lot_head TO gongping_app');
    await query.query(
      'CREATE TRIGGER lot_head_append_only BEFORE UPDATE OR DELETE ON lot_head FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    );
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE lot_head');
  }
}
