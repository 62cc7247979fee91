import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session ends with the binding of the certificate that opened it. Sessions that do not know theirs are over: their people log in again. */
export class BindSessionToCertificate1795964086979 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query('DELETE FROM site_session');
    await query.query('ALTER TABLE site_session ADD COLUMN fingerprint text NOT NULL');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE site_session DROP COLUMN fingerprint');
  }
}
