import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session ends when nobody uses it (`expires_at` moves with its use), and at the latest at `ends_at`. Those of before: their people log in again. */
export class EndIdleSessions1795989500100 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query('DELETE FROM site_session');
    await query.query('ALTER TABLE site_session ADD COLUMN ends_at timestamptz(3) NOT NULL');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE site_session DROP COLUMN ends_at');
  }
}
