import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each database has logins of its own, which are members of the groups that migrations name: whoever erases is no longer called
 * `gongping_eraser` but belongs to it (directly, so that a superuser, who belongs to everything, is not one). The group reads nothing beyond
 * what an erasure takes; and what migrations ran is nobody's to change but the owner's.
 */
export class NarrowRights1795988000000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE OR REPLACE FUNCTION allow_eraser() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_user = 'gongping_eraser' OR EXISTS (
          SELECT 1 FROM pg_auth_members m JOIN pg_roles eraser ON eraser.oid = m.roleid JOIN pg_roles member ON member.oid = m.member
          WHERE eraser.rolname = 'gongping_eraser' AND member.rolname = current_user) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'DELETE on % is refused: only gongping_eraser may erase a part', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await query.query('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM gongping_eraser');
    await query.query('GRANT SELECT ON log, entry TO gongping_eraser');
    await query.query('GRANT SELECT, DELETE ON entry_part TO gongping_eraser');
    await query.query('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON migration FROM gongping_app');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('GRANT INSERT, UPDATE, DELETE ON migration TO gongping_app');
    await query.query(`
      CREATE OR REPLACE FUNCTION allow_eraser() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_user = 'gongping_eraser' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'DELETE on % is refused: only gongping_eraser may erase a part', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
  }
}
