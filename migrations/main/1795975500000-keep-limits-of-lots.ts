import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A list shows the next limit that concerns its reader: every limit that runs stands in the row, with whom it concerns. */
export class KeepLimitsOfLots1795975500000 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`ALTER TABLE lot_summary ADD limits jsonb NOT NULL DEFAULT '[]'`);
    // Whom the limits of older rows concern is not known before their lot's next entry: they are shown to everybody, as they were.
    await query.query(`
      UPDATE lot_summary SET limits = jsonb_build_array(jsonb_build_object('name', next_limit_name,
        'at', to_char(next_limit_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      WHERE next_limit_name IS NOT NULL AND next_limit_at IS NOT NULL`);
    await query.query('ALTER TABLE lot_summary DROP next_limit_name, DROP next_limit_at');
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE lot_summary ADD next_limit_name text, ADD next_limit_at timestamptz(3)');
    await query.query(`
      UPDATE lot_summary SET next_limit_name = limits -> 0 ->> 'name', next_limit_at = (limits -> 0 ->> 'at')::timestamptz`);
    await query.query('ALTER TABLE lot_summary DROP limits');
  }
}
