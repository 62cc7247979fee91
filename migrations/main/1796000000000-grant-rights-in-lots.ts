import type { MigrationInterface, QueryRunner } from 'typeorm';

const GRANTS = { supervisor: 'lots:supervise', 'venue-staff': 'lots:witness' } as const;

/** Founding a lot, supervising and witnessing it are rights of the registry. Who founds is for an administrator to say: nobody has the new role. */
export class GrantRightsInLots1796000000000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    for (const [role, right] of Object.entries(GRANTS))
      await query.query('UPDATE access_role SET rights = array_append(rights, $2) WHERE id = $1 AND NOT $2 = ANY(rights)', [role, right]);
    await query.query(`
      INSERT INTO access_role (id, name, rights, is_built_in) VALUES ('agency', '招标代理', ARRAY['lots:found'], true)
      ON CONFLICT (id) DO UPDATE SET rights = array_append(access_role.rights, 'lots:found'), is_built_in = true`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`DELETE FROM person_role WHERE role_id = 'agency'`);
    await query.query(`DELETE FROM access_role WHERE id = 'agency'`);
    for (const [role, right] of Object.entries(GRANTS))
      await query.query('UPDATE access_role SET rights = array_remove(rights, $2) WHERE id = $1', [role, right]);
  }
}
