import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What this site's witness remembers: every head it cosigned, and everything a log signed that does not go with them. Both
 * are only ever added to: a witness that could forget would be no witness.
 */
export class CreateWitness1763400000101 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE witness_head (
        origin text NOT NULL,
        size bigint NOT NULL,
        root bytea NOT NULL,
        note text NOT NULL,
        seen_at timestamptz(3) NOT NULL,
        CONSTRAINT "PK_witness_head" PRIMARY KEY (origin, size)
      )`);
    await query.query(`
      CREATE TABLE witness_evidence (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT "PK_witness_evidence" PRIMARY KEY,
        origin text NOT NULL,
        known text NOT NULL,
        other text NOT NULL,
        reason text NOT NULL,
        proof jsonb,
        digest bytea NOT NULL,
        seen_at timestamptz(3) NOT NULL,
        CONSTRAINT "UQ_witness_evidence_digest" UNIQUE (digest)
      )`);
    await query.query('CREATE INDEX "IDX_witness_evidence_origin" ON witness_evidence (origin)');
    for (const table of ['witness_head', 'witness_evidence']) {
      await query.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
      await query.query(
        `CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE witness_evidence');
    await query.query('DROP TABLE witness_head');
  }
}
