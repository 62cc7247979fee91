import { placeOf } from '@app/evaluation';
import type { BatchExtension } from '@app/ledger/store';
import { Contributes } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LotStream } from './lot-stream.js';
import { PartyMarks } from './party-marks.js';
import type { LogChange, PutRow } from './projections.js';
import { Projection } from './projections.js';

const SUMMARY = 'summary';
const PARTY = 'party';

const TABLES: readonly BatchExtension[] = [
  {
    name: SUMMARY,
    columns: ['int[]', 'text[]', 'int[]', 'text[]', 'text[]', 'text[]', 'text[]', 'boolean[]', 'text[]'],
    sql: (source) => `
      INSERT INTO lot_summary (log_id, lot, round, code, name, regime, status, is_public, limits)
      SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9::jsonb FROM ${source}
      ON CONFLICT (log_id) DO UPDATE SET code = excluded.code, name = excluded.name, regime = excluded.regime, status = excluded.status,
        is_public = excluded.is_public, limits = excluded.limits`,
  },
  {
    name: PARTY,
    // unnest would flatten an array of arrays: roles travel as one text.
    columns: ['int[]', 'text[]', 'text[]', 'bytea[]', 'bytea[]', 'bytea[]', 'bytea[]', 'text[]', 'text[]', 'text[]'],
    sql: (source) => `
      INSERT INTO lot_party (log_id, party, roles, person_mark, person_sealed, organisation_mark, certificate_mark, node_key, venue, seat)
      SELECT c1, c2, string_to_array(c3, ','), c4, c5, c6, c7, c8, c9, c10 FROM ${source}
      ON CONFLICT (log_id, party) DO UPDATE SET roles = excluded.roles, person_mark = excluded.person_mark,
        person_sealed = excluded.person_sealed, organisation_mark = excluded.organisation_mark,
        certificate_mark = excluded.certificate_mark, node_key = excluded.node_key, venue = excluded.venue, seat = excluded.seat`,
  },
];

/** What lists of lots are made from: how each lot stands, and who has a part in it. */
@Contributes(Projection)
@Injectable()
export class LotProjection extends Projection {
  readonly tables = TABLES;

  constructor(private readonly marks: PartyMarks) {
    super();
  }

  project({ writer, before, after }: LogChange, put: PutRow): void {
    if (!(after instanceof LotStream)) return;
    const old = before instanceof LotStream && before.size > 0 ? before : null;
    const summary = summaryRow(writer, after);
    if (old === null || !sameRow(summary, summaryRow(writer, old))) put(SUMMARY, summary);
    if (old?.state.parties !== after.state.parties || old.bindings !== after.bindings) this.#putParties(writer, old, after, put);
  }

  #putParties(writer: LogChange['writer'], old: LotStream | null, { state, bindings }: LotStream, put: PutRow): void {
    for (const [party, facts] of Object.entries(state.parties)) {
      const binding = bindings.get(party);
      if (old !== null && old.state.parties[party] === facts && old.bindings.get(party) === binding) continue;
      const place = placeOf(state, party);
      put(PARTY, [
        writer.logId,
        party,
        facts.roles.join(','),
        this.marks.mark('person', binding?.person ?? null),
        this.marks.seal(binding?.person ?? null),
        this.marks.mark('organisation', binding?.organisation ?? null),
        this.marks.mark('certificate', binding?.certificate ?? null),
        binding?.nodeKey ?? null,
        place.venue,
        place.seat,
      ]);
    }
  }
}

function summaryRow(writer: LogChange['writer'], { run, state }: LotStream): unknown[] {
  const { code, name, regime, isPublic } = state.setup;
  return [writer.logId, writer.lot, writer.round, code, name, regime, state.status, isPublic, JSON.stringify(run.limits())];
}

const sameRow = (a: readonly unknown[], b: readonly unknown[]): boolean => a.every((value, index) => value === b[index]);
