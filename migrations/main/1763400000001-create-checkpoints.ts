import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the logs signed of themselves, and who cosigned it. Only ever added to, apart from the moment of the quorum. */
export class CreateCheckpoints1763400000001 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      CREATE TABLE checkpoint (
        origin text NOT NULL,
        size integer NOT NULL,
        root bytea NOT NULL,
        note text NOT NULL,
        signed_at timestamptz(3) NOT NULL,
        quorum_at timestamptz(3),
        CONSTRAINT "PK_checkpoint" PRIMARY KEY (origin, size)
      )`);
    await query.query('CREATE INDEX "IDX_checkpoint_quorum" ON checkpoint (origin, size) WHERE quorum_at IS NOT NULL');
    await query.query(`
      CREATE TABLE cosignature (
        origin text NOT NULL,
        size integer NOT NULL,
        witness text NOT NULL,
        line text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        CONSTRAINT "PK_cosignature" PRIMARY KEY (origin, size, witness),
        CONSTRAINT "FK_cosignature_checkpoint" FOREIGN KEY (origin, size) REFERENCES checkpoint (origin, size)
      )`);
    await query.query(`
      CREATE TRIGGER checkpoint_append_only BEFORE DELETE OR UPDATE OF origin, size, root, note, signed_at ON checkpoint
      FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
    await query.query(
      'CREATE TRIGGER cosignature_append_only BEFORE UPDATE OR DELETE ON cosignature FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    );
    await query.query('REVOKE ALL ON checkpoint, cosignature FROM gongping_app');
    await query.query('GRANT SELECT, INSERT ON checkpoint, cosignature TO gongping_app');
    await query.query('GRANT UPDATE (quorum_at) ON checkpoint TO gongping_app');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('DROP TABLE cosignature');
    await query.query('DROP TABLE checkpoint');
  }
}
