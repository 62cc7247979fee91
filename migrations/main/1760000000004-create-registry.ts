import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The registry: whom an installation knows before any lot. Every change is committed to the platform log. */
export class CreateRegistry1760000000004 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE organisation (
        id character varying NOT NULL,
        name character varying(200) NOT NULL,
        credit_code character varying(18) NOT NULL,
        CONSTRAINT "PK_organisation" PRIMARY KEY (id)
      )`);
    await query.query(`
      CREATE TABLE person (
        id character varying NOT NULL,
        name character varying(60) NOT NULL,
        duties text[] NOT NULL DEFAULT '{}',
        organisation_id character varying,
        CONSTRAINT "PK_person" PRIMARY KEY (id),
        CONSTRAINT "FK_person_organisation" FOREIGN KEY (organisation_id) REFERENCES organisation (id)
      )`);
    await query.query(`
      CREATE TABLE authority (
        fingerprint character varying(64) NOT NULL,
        certificate text NOT NULL,
        revocation_list text NOT NULL,
        CONSTRAINT "PK_authority" PRIMARY KEY (fingerprint)
      )`);
    await query.query(`
      CREATE TABLE certificate (
        fingerprint character varying(64) NOT NULL,
        certificate text NOT NULL,
        encryption_key text,
        encryption_key_signature text,
        not_before timestamptz(3) NOT NULL,
        not_after timestamptz(3) NOT NULL,
        person_id character varying NOT NULL,
        CONSTRAINT "PK_certificate" PRIMARY KEY (fingerprint),
        CONSTRAINT "FK_certificate_person" FOREIGN KEY (person_id) REFERENCES person (id)
      )`);
    await query.query('CREATE INDEX "IDX_certificate_person" ON certificate (person_id)');
    await query.query(`
      CREATE TABLE venue (
        id character varying NOT NULL,
        name character varying NOT NULL,
        role character varying NOT NULL,
        city character varying NOT NULL,
        url character varying NOT NULL,
        node_key text NOT NULL,
        witness_key text,
        CONSTRAINT "PK_venue" PRIMARY KEY (id)
      )`);
    await query.query(`
      CREATE TABLE room (
        id character varying NOT NULL,
        name character varying NOT NULL,
        venue_id character varying NOT NULL,
        CONSTRAINT "PK_room" PRIMARY KEY (id),
        CONSTRAINT "FK_room_venue" FOREIGN KEY (venue_id) REFERENCES venue (id)
      )`);
    await query.query(`
      CREATE TABLE seat (
        id character varying NOT NULL,
        name character varying NOT NULL,
        room_id character varying NOT NULL,
        CONSTRAINT "PK_seat" PRIMARY KEY (id),
        CONSTRAINT "FK_seat_room" FOREIGN KEY (room_id) REFERENCES room (id)
      )`);
    await query.query(`
      CREATE TABLE expert (
        person_id character varying NOT NULL,
        specialties text[] NOT NULL,
        city character varying NOT NULL,
        active boolean NOT NULL,
        CONSTRAINT "PK_expert" PRIMARY KEY (person_id),
        CONSTRAINT "FK_expert_person" FOREIGN KEY (person_id) REFERENCES person (id)
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ['expert', 'seat', 'room', 'venue', 'certificate', 'authority', 'person', 'organisation']) {
      await query.query(`DROP TABLE ${table}`);
    }
  }
}
