import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A site's verified replicas of its lots. Pages are ciphertext; they are only ever added, apart from parts opened or erased in them. */
export class CreateReplica1760000000101 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE replica_lot (
        origin text CONSTRAINT "PK_replica_lot" PRIMARY KEY,
        lot text NOT NULL,
        round integer NOT NULL,
        viewers text[] NOT NULL DEFAULT '{}',
        checkpoint text,
        fault text
      )`);
    await query.query(`
      CREATE TABLE replica_page (
        origin text NOT NULL,
        from_seq bigint NOT NULL,
        count integer NOT NULL,
        headers_size integer NOT NULL,
        sealed bytea NOT NULL,
        hidden bytea NOT NULL,
        CONSTRAINT "PK_replica_page" PRIMARY KEY (origin, from_seq),
        CONSTRAINT "FK_replica_page_origin" FOREIGN KEY (origin) REFERENCES replica_lot (origin)
      )`);
    // Ciphertext does not compress; trying would cost every append.
    await query.query('ALTER TABLE replica_page ALTER COLUMN sealed SET STORAGE EXTERNAL, ALTER COLUMN hidden SET STORAGE EXTERNAL');
    await query.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% on % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await query.query(`
      CREATE TRIGGER replica_page_append_only BEFORE DELETE OR UPDATE OF origin, from_seq, count, headers_size ON replica_page
      FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE replica_page');
    await query.query('DROP TABLE replica_lot');
    await query.query('DROP FUNCTION refuse_change()');
  }
}
