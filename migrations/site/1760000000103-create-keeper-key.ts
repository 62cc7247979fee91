import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Private halves of the keys this site keeps as a keeper, one for each purpose of a lot, as ciphertext of its storage key. */
export class CreateKeeperKey1760000000103 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE keeper_key (
        origin text NOT NULL,
        purpose text NOT NULL,
        public_key text NOT NULL,
        private_key bytea NOT NULL,
        CONSTRAINT "PK_keeper_key" PRIMARY KEY (origin, purpose)
      )`);
    await query.query(`
      CREATE TRIGGER keeper_key_append_only BEFORE DELETE OR UPDATE
      ON keeper_key FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE keeper_key');
  }
}
