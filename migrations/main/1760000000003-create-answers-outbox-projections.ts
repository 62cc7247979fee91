import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What one commit writes beside entries: answers of commands that left no entry (refusals; accepted ones are found by
 * `entry.command_id`), work that must follow (outbox), and the tables that screens list from.
 */
export class CreateAnswersOutboxProjections1760000000003 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE command_answer (
        id uuid CONSTRAINT "PK_command_answer" PRIMARY KEY,
        request bytea NOT NULL,
        outcome text NOT NULL
      )`);
    await query.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT "PK_outbox" PRIMARY KEY,
        topic text NOT NULL,
        payload text NOT NULL
      )`);
    await query.query(`
      CREATE TABLE lot_summary (
        log_id integer CONSTRAINT "PK_lot_summary" PRIMARY KEY,
        lot text NOT NULL,
        round integer NOT NULL,
        code text NOT NULL,
        name text NOT NULL,
        regime text NOT NULL,
        status text NOT NULL,
        is_public boolean NOT NULL,
        next_limit_name text,
        next_limit_at timestamptz(3)
      )`);
    await query.query('CREATE INDEX "IDX_lot_summary_status" ON lot_summary (status)');
    await query.query('CREATE UNIQUE INDEX "UQ_lot_summary_lot_round" ON lot_summary (lot, round)');
    await query.query(`
      CREATE TABLE lot_party (
        log_id integer NOT NULL,
        party text NOT NULL,
        roles text[] NOT NULL,
        person text,
        organisation text,
        certificate text,
        node_key text,
        venue text,
        seat text,
        CONSTRAINT "PK_lot_party" PRIMARY KEY (log_id, party)
      )`);
    await query.query('CREATE INDEX "IDX_lot_party_person" ON lot_party (person)');
    await query.query('CREATE INDEX "IDX_lot_party_organisation" ON lot_party (organisation)');
    await query.query('CREATE INDEX "IDX_lot_party_venue" ON lot_party (venue)');
    await query.query('REVOKE UPDATE, DELETE ON command_answer FROM gongping_app');
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ['lot_party', 'lot_summary', 'outbox', 'command_answer']) await query.query(`DROP TABLE ${table}`);
  }
}
