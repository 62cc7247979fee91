import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The hash-chained outbox: a link is never changed or taken out, an answer is set once. */
export class CreateOutbox1760000000102 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE outbox_record (
        index bigint CONSTRAINT "PK_outbox_record" PRIMARY KEY,
        prev text NOT NULL,
        hash text NOT NULL,
        id uuid NOT NULL CONSTRAINT "UQ_outbox_record_id" UNIQUE,
        actor text NOT NULL,
        command_hash text NOT NULL,
        command bytea NOT NULL,
        received_at text NOT NULL,
        answer bytea,
        answered_at text
      )`);
    await query.query('ALTER TABLE outbox_record ALTER COLUMN command SET STORAGE EXTERNAL, ALTER COLUMN answer SET STORAGE EXTERNAL');
    await query.query('CREATE INDEX "IDX_outbox_record_waiting" ON outbox_record (index) WHERE answer IS NULL');
    await query.query(`
      CREATE TRIGGER outbox_record_append_only BEFORE DELETE OR UPDATE OF index, prev, hash, id, actor, command_hash, command, received_at
      ON outbox_record FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
    await query.query(`
      CREATE TRIGGER outbox_record_answer_once BEFORE UPDATE ON outbox_record
      FOR EACH ROW WHEN (OLD.answer IS NOT NULL) EXECUTE FUNCTION refuse_change()`);
    await query.query(`
      CREATE TRIGGER outbox_record_no_truncate BEFORE TRUNCATE ON outbox_record
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE outbox_record');
  }
}
