import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A command id stands once: in `entry` when the command was accepted, in `command_answer` when it was refused. Each table has its
 * unique index; `unused` is what a commit asks across both, so that no process has to read before it writes.
 *
 * The table `outbox` goes: every consumer follows the logs from a place of its own (docs/decisions/0005).
 *
 * Parts are sealed in another form from here on. What lies there in the older one could only be found unreadable later, so a database
 * that holds any is refused.
 */
export class GuardCommandIds1760000000007 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    const kept = (await query.query('SELECT 1 FROM entry_part LIMIT 1')) as unknown[];
    if (kept.length > 0)
      throw new Error(
        'This data was written by a build before the first release and can not be read. Move its folder away and start again',
      );
    await query.query(`
      CREATE FUNCTION unused(known bigint) RETURNS bigint LANGUAGE plpgsql AS $$
      BEGIN
        IF known > 0 THEN
          RAISE EXCEPTION '% of the command ids were used before', known USING ERRCODE = 'unique_violation';
        END IF;
        RETURN known;
      END $$`);
    await query.query('DROP TABLE outbox');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT "PK_outbox" PRIMARY KEY,
        topic text NOT NULL,
        payload text NOT NULL
      )`);
    await query.query('DROP FUNCTION unused(bigint)');
  }
}
