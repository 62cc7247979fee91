import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A signer's certificate and its evidence make part `who` a little larger than 2 kB, where PostgreSQL would move it to a table of
 * its own: two more rows and an index entry for every command. Parts stay in line up to a page.
 */
export class KeepPartsInLine1760000000006 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE entry_part SET (toast_tuple_target = 8160)');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE entry_part RESET (toast_tuple_target)');
  }
}
