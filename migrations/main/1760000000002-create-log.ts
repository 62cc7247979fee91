import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The logs. `entry` and `entry_part` are append-only twice: by grants and by trigger, so that neither a slip of the
 * application nor its owner's account changes the past unnoticed.
 */
export class CreateLog1760000000002 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE log (
        id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT "PK_log" PRIMARY KEY,
        origin text NOT NULL CONSTRAINT "UQ_log_origin" UNIQUE,
        lot text,
        round integer,
        size integer NOT NULL DEFAULT 0,
        frontier bytea NOT NULL DEFAULT '',
        updated_at timestamptz(3) NOT NULL
      ) WITH (fillfactor = 50)`);
    await query.query(`
      CREATE TABLE entry (
        log_id integer NOT NULL,
        seq integer NOT NULL,
        header bytea NOT NULL,
        leaf bytea NOT NULL,
        command_id uuid,
        request bytea,
        CONSTRAINT "PK_entry" PRIMARY KEY (log_id, seq)
      )`);
    await query.query('CREATE UNIQUE INDEX "UQ_entry_command_id" ON entry (command_id)');
    await query.query(`
      CREATE TABLE entry_part (
        log_id integer NOT NULL,
        seq integer NOT NULL,
        name text NOT NULL,
        ciphertext bytea NOT NULL,
        CONSTRAINT "PK_entry_part" PRIMARY KEY (log_id, seq, name)
      )`);
    // Ciphertext does not compress; trying would cost every append.
    await query.query('ALTER TABLE entry_part ALTER COLUMN ciphertext SET STORAGE EXTERNAL');
    await query.query('ALTER TABLE entry ALTER COLUMN header SET STORAGE EXTERNAL');
    await this.#guard(query);
    await query.query('REVOKE ALL ON entry, entry_part FROM gongping_app, gongping_eraser');
    await query.query('GRANT SELECT, INSERT ON entry, entry_part TO gongping_app');
    await query.query('REVOKE DELETE, TRUNCATE ON log FROM gongping_app');
    await query.query('GRANT SELECT ON log, entry TO gongping_eraser');
    await query.query('GRANT SELECT, DELETE ON entry_part TO gongping_eraser');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE entry_part');
    await query.query('DROP TABLE entry');
    await query.query('DROP TABLE log');
    await query.query('DROP FUNCTION refuse_change(), allow_eraser(), fence(bigint, bigint)');
  }

  async #guard(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% on % is refused: the log is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await query.query(`
      CREATE FUNCTION allow_eraser() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_user = 'gongping_eraser' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'DELETE on % is refused: only gongping_eraser may erase a part', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await query.query(`
      CREATE FUNCTION fence(moved bigint, expected bigint) RETURNS bigint LANGUAGE plpgsql AS $$
      BEGIN
        IF moved <> expected THEN
          RAISE EXCEPTION 'fence: % of % heads are where the writer left them', moved, expected USING ERRCODE = 'serialization_failure';
        END IF;
        RETURN moved;
      END $$`);
    await query.query('CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change()');
    await query.query('CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()');
    await query.query('CREATE TRIGGER entry_part_no_update BEFORE UPDATE ON entry_part FOR EACH ROW EXECUTE FUNCTION refuse_change()');
    await query.query('CREATE TRIGGER entry_part_erase BEFORE DELETE ON entry_part FOR EACH ROW EXECUTE FUNCTION allow_eraser()');
    await query.query(
      'CREATE TRIGGER entry_part_no_truncate BEFORE TRUNCATE ON entry_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
    );
  }
}
