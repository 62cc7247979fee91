import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site's process may do with each table. A witness that could forget would be no witness, an outbox that could be edited no chain. */
const RIGHTS = {
  witness_head: 'SELECT, INSERT',
  witness_evidence: 'SELECT, INSERT',
  outbox_record: 'SELECT, INSERT, UPDATE (answer, answered_at)',
  replica_lot: 'SELECT, INSERT, UPDATE (viewers, checkpoint, fault)',
  replica_page: 'SELECT, INSERT, UPDATE (sealed, hidden)',
  keeper_key: 'SELECT, INSERT',
  site_fact: 'SELECT, INSERT, UPDATE (value)',
  migration: 'SELECT',
};

/** Rights beside the triggers: neither a slip of the process nor its stolen login changes what only grows. */
export class NarrowSiteRights1795988000100 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // The group belongs to the whole cluster: the installer makes it, and another database may have made it before.
    await query.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'gongping_app') THEN CREATE ROLE gongping_app NOLOGIN; END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`);
    await query.query('GRANT USAGE ON SCHEMA public TO gongping_app');
    for (const [table, rights] of Object.entries(RIGHTS)) {
      await query.query(`REVOKE ALL ON ${table} FROM gongping_app`);
      await query.query(`GRANT ${rights} ON ${table} TO gongping_app`);
    }
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of Object.keys(RIGHTS)) await query.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO gongping_app`);
  }
}
