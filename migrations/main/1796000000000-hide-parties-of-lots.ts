import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Persons, organisations and certificates of lots by a keyed hash: the table named drawn experts to every reader of the database (SEC-16). The
 * key is not the database's, so rows are not changed but emptied, which also frees their old pages; the main venue writes them again from the
 * logs when it starts.
 */
export class HidePartiesOfLots1796000000000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query('TRUNCATE lot_party');
    await query.query(`
      ALTER TABLE lot_party DROP person, DROP organisation, DROP certificate,
        ADD person_mark bytea, ADD person_sealed bytea, ADD organisation_mark bytea, ADD certificate_mark bytea`);
    await query.query('CREATE INDEX "IDX_lot_party_person_mark" ON lot_party (person_mark)');
    await query.query('CREATE INDEX "IDX_lot_party_organisation_mark" ON lot_party (organisation_mark)');
  }

  /** A program of before lists a lot's parties again from that lot's next change of parties on. */
  async down(query: QueryRunner): Promise<void> {
    await query.query('TRUNCATE lot_party');
    await query.query(`
      ALTER TABLE lot_party DROP person_mark, DROP person_sealed, DROP organisation_mark, DROP certificate_mark,
        ADD person text, ADD organisation text, ADD certificate text`);
    await query.query('CREATE INDEX "IDX_lot_party_person" ON lot_party (person)');
    await query.query('CREATE INDEX "IDX_lot_party_organisation" ON lot_party (organisation)');
  }
}
