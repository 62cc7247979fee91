import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 0.1.0 kept a word per person that nothing read; each becomes the role of that meaning. */
const ROLE_OF_DUTY = { operator: 'operations', 'pool-owner': 'pool-office', 'venue-staff': 'venue-staff' };

const ROLES = [
  [
    'administrator',
    '系统管理员',
    ['registry:read', 'registry:write', 'rights:write', 'nodes:write', 'jobs:read', 'jobs:write', 'lots:import'],
  ],
  ['pool-office', '专家库管理', ['registry:read', 'registry:write']],
  ['venue-staff', '场地管理', ['registry:read']],
  ['supervisor', '监督', ['registry:read', 'jobs:read']],
  ['operations', '运维', ['registry:read', 'nodes:write', 'jobs:read', 'jobs:write']],
] as const;

/**
 * Rights become data (role to rights, person to roles); every change of the registry has a version, an author and a place in the record;
 * a certificate can be revoked by the installation; lists can be taken in line by line.
 */
export class LetRegistryLive1795963840529 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await this.#access(query);
    await this.#record(query);
    await this.#lists(query);
    await query.query('ALTER TABLE certificate ADD COLUMN revoked_at timestamptz(3), ADD COLUMN revocation_reason character varying(200)');
    await query.query('CREATE INDEX "IDX_person_organisation" ON person (organisation_id)');
    await query.query('CREATE INDEX "IDX_person_name" ON person (name text_pattern_ops)');
    await query.query('CREATE INDEX "IDX_organisation_name" ON organisation (name text_pattern_ops)');
    await query.query('CREATE INDEX "IDX_organisation_credit_code" ON organisation (credit_code)');
  }

  async #access(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE access_role (
        id character varying NOT NULL,
        name character varying(60) NOT NULL,
        rights text[] NOT NULL,
        is_built_in boolean NOT NULL DEFAULT false,
        CONSTRAINT "PK_access_role" PRIMARY KEY (id)
      )`);
    await query.query(`
      CREATE TABLE person_role (
        person_id character varying NOT NULL,
        role_id character varying NOT NULL,
        CONSTRAINT "PK_person_role" PRIMARY KEY (person_id, role_id),
        CONSTRAINT "FK_person_role_person" FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT "FK_person_role_role" FOREIGN KEY (role_id) REFERENCES access_role (id)
      )`);
    await query.query('CREATE INDEX "IDX_person_role_role" ON person_role (role_id)');
    for (const role of ROLES)
      await query.query('INSERT INTO access_role (id, name, rights, is_built_in) VALUES ($1, $2, $3, true)', [...role]);
    for (const [duty, role] of Object.entries(ROLE_OF_DUTY))
      await query.query('INSERT INTO person_role (person_id, role_id) SELECT id, $2 FROM person WHERE $1 = ANY(duties)', [duty, role]);
    await query.query('ALTER TABLE person DROP COLUMN duties');
  }

  async #record(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE registry_state (
        id integer NOT NULL,
        version integer NOT NULL,
        CONSTRAINT "PK_registry_state" PRIMARY KEY (id)
      )`);
    await query.query('INSERT INTO registry_state (id, version) VALUES (1, 0)');
    await query.query(`
      CREATE TABLE registry_change (
        version integer NOT NULL,
        place integer NOT NULL,
        act uuid NOT NULL,
        at timestamptz(3) NOT NULL,
        person_id character varying,
        certificate character varying(64),
        action character varying NOT NULL,
        kind character varying NOT NULL,
        subject character varying NOT NULL,
        hash character varying(64) NOT NULL,
        CONSTRAINT "PK_registry_change" PRIMARY KEY (version, place)
      )`);
    await query.query('CREATE INDEX "IDX_registry_change_subject" ON registry_change (kind, subject, version)');
    await query.query('CREATE INDEX "IDX_registry_change_act" ON registry_change (act)');
    await query.query('REVOKE UPDATE, DELETE ON registry_change FROM gongping_app');
    await query.query('REVOKE INSERT, DELETE ON registry_state FROM gongping_app');
  }

  async #lists(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE list_import (
        id uuid NOT NULL,
        kind character varying NOT NULL,
        format character varying NOT NULL,
        file_name character varying(200) NOT NULL,
        size_bytes bigint NOT NULL,
        sha character varying(64) NOT NULL,
        person_id character varying NOT NULL,
        certificate character varying(64) NOT NULL,
        at timestamptz(3) NOT NULL,
        state character varying NOT NULL,
        lines integer NOT NULL DEFAULT 0,
        changed integer NOT NULL DEFAULT 0,
        unchanged integer NOT NULL DEFAULT 0,
        faults integer NOT NULL DEFAULT 0,
        code character varying,
        message text,
        finished_at timestamptz(3),
        CONSTRAINT "PK_list_import" PRIMARY KEY (id)
      )`);
    await query.query('CREATE INDEX "IDX_list_import_at" ON list_import (at, id)');
    await query.query(`
      CREATE TABLE list_fault (
        import_id uuid NOT NULL,
        position integer NOT NULL,
        line integer NOT NULL,
        column_name character varying NOT NULL,
        code character varying NOT NULL,
        message text NOT NULL,
        CONSTRAINT "PK_list_fault" PRIMARY KEY (import_id, position)
      )`);
    await query.query(`
      CREATE TABLE list_key (
        import_id uuid NOT NULL,
        subject character varying NOT NULL,
        position integer NOT NULL,
        CONSTRAINT "PK_list_key" PRIMARY KEY (import_id, subject)
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    for (const index of ['organisation_credit_code', 'organisation_name', 'person_name', 'person_organisation'])
      await query.query(`DROP INDEX "IDX_${index}"`);
    await query.query('ALTER TABLE certificate DROP COLUMN revocation_reason, DROP COLUMN revoked_at');
    for (const table of ['list_key', 'list_fault', 'list_import', 'registry_change', 'registry_state'])
      await query.query(`DROP TABLE ${table}`);
    await query.query("ALTER TABLE person ADD COLUMN duties text[] NOT NULL DEFAULT '{}'");
    for (const [duty, role] of Object.entries(ROLE_OF_DUTY))
      await query.query('UPDATE person SET duties = duties || $1 WHERE id IN (SELECT person_id FROM person_role WHERE role_id = $2)', [
        [duty],
        role,
      ]);
    for (const table of ['person_role', 'access_role']) await query.query(`DROP TABLE ${table}`);
  }
}
