import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys (接口密钥), and the lots that upstream trading platforms hand over by them. */
export class LetSystemsIn1796054400000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE api_key (
        id character varying(16) NOT NULL,
        name character varying(60) NOT NULL,
        organisation_id character varying NOT NULL,
        rights text[] NOT NULL,
        secret_hash character varying(64) NOT NULL,
        person_id character varying NOT NULL,
        at timestamptz(3) NOT NULL,
        ends_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        revoked_at timestamptz(3),
        revocation_reason character varying(200),
        CONSTRAINT "PK_api_key" PRIMARY KEY (id),
        CONSTRAINT "FK_api_key_organisation" FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT "FK_api_key_person" FOREIGN KEY (person_id) REFERENCES person (id)
      )`);
    await query.query(`
      CREATE TABLE lot_import (
        lot uuid NOT NULL,
        organisation_id character varying NOT NULL,
        upstream_id character varying(80) NOT NULL,
        agency_id character varying NOT NULL,
        hash character varying(64) NOT NULL,
        content jsonb NOT NULL,
        at timestamptz(3) NOT NULL,
        CONSTRAINT "PK_lot_import" PRIMARY KEY (lot),
        CONSTRAINT "FK_lot_import_organisation" FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT "FK_lot_import_agency" FOREIGN KEY (agency_id) REFERENCES organisation (id)
      )`);
    await query.query('CREATE UNIQUE INDEX "UQ_lot_import_upstream" ON lot_import (organisation_id, upstream_id)');
    await query.query('CREATE INDEX "IDX_lot_import_agency" ON lot_import (agency_id, lot)');
    await query.query('ALTER TABLE registry_change ADD COLUMN key_id character varying(16)');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE registry_change DROP COLUMN key_id');
    await query.query('DROP TABLE lot_import');
    await query.query('DROP TABLE api_key');
  }
}
