import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Work that has to be done, as rows of the transaction that wants it (docs/decisions/0005). The row is the job: its key says that it is
 * wanted once, its claim who may end it. Redis only carries its id at the right time.
 */
export class CreateJobs1795964023306 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE job (
        id uuid CONSTRAINT "PK_job" PRIMARY KEY,
        name text NOT NULL,
        key text NOT NULL,
        payload jsonb NOT NULL,
        state text NOT NULL DEFAULT 'WAITING' CONSTRAINT "CK_job_state" CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'DEAD')),
        attempts integer NOT NULL DEFAULT 0,
        claim integer NOT NULL DEFAULT 0,
        wanted_at timestamptz(3) NOT NULL,
        run_at timestamptz(3) NOT NULL,
        handed_at timestamptz(3),
        lease_until timestamptz(3),
        done_at timestamptz(3),
        last_code text,
        last_error text,
        progress jsonb,
        CONSTRAINT "UQ_job_name_key" UNIQUE (name, key),
        CONSTRAINT "CK_job_lease" CHECK ((state = 'RUNNING') = (lease_until IS NOT NULL)),
        CONSTRAINT "CK_job_done" CHECK ((state = 'DONE') = (done_at IS NOT NULL))
      )`);
    await query.query(`CREATE INDEX "IDX_job_unhanded" ON job (run_at) WHERE handed_at IS NULL AND state IN ('WAITING', 'RUNNING')`);
    await query.query(`CREATE INDEX "IDX_job_waiting" ON job (run_at) WHERE state = 'WAITING'`);
    await query.query(`CREATE INDEX "IDX_job_running" ON job (lease_until) WHERE state = 'RUNNING'`);
    await query.query(`CREATE INDEX "IDX_job_done" ON job (done_at) WHERE state = 'DONE'`);
    await query.query(`CREATE INDEX "IDX_job_dead" ON job (name) WHERE state = 'DEAD'`);
    await query.query('CREATE INDEX "IDX_job_wanted" ON job (wanted_at DESC, id DESC)');
    await query.query('CREATE TABLE job_beat (queue text CONSTRAINT "PK_job_beat" PRIMARY KEY, at timestamptz(3) NOT NULL)');
    // Told at the commit, by whatever statement wrote the rows: a hand-over can not be forgotten.
    await query.query(`
      CREATE FUNCTION tell_job_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('job_wanted', '');
        RETURN NULL;
      END $$`);
    await query.query('CREATE TRIGGER job_wanted AFTER INSERT ON job FOR EACH STATEMENT EXECUTE FUNCTION tell_job_wanted()');
    await query.query(`
      CREATE FUNCTION job_done(job_id uuid, held integer, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE job SET state = 'DONE', done_at = at, lease_until = NULL, last_code = NULL, last_error = NULL
        WHERE id = job_id AND claim = held AND state = 'RUNNING';
        IF NOT FOUND THEN
          RAISE EXCEPTION 'another worker has taken job % over', job_id USING ERRCODE = 'serialization_failure';
        END IF;
      END $$`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP FUNCTION job_done(uuid, integer, timestamptz)');
    await query.query('DROP TABLE job_beat');
    await query.query('DROP TABLE job');
    await query.query('DROP FUNCTION tell_job_wanted()');
  }
}
