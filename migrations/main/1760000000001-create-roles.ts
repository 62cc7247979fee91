import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two rights besides the owner's. `gongping_app` is what the main venue works as: it can add to the logs and never change
 * them. `gongping_eraser` may delete parts (personal data) and nothing else. Roles belong to the whole cluster, so that
 * several databases of one cluster share them.
 */
export class CreateRoles1760000000001 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    for (const role of ['gongping_app', 'gongping_eraser']) {
      // Roles belong to the cluster: the installer makes them with a login, and another database may have made them before.
      await query.query(`
        DO $$ BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$`);
    }
    await query.query('GRANT USAGE ON SCHEMA public TO gongping_app, gongping_eraser');
    await query.query('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gongping_app');
    await query.query('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO gongping_app');
  }

  async down(query: QueryRunner): Promise<void> {
    // The roles stay: other databases of the cluster may use them.
    await query.query('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM gongping_app');
    await query.query('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM gongping_app');
    await query.query('REVOKE USAGE ON SCHEMA public FROM gongping_app, gongping_eraser');
  }
}
