import type { BatchExtension } from '@app/ledger/store';
import { placeRows } from '../platform-log/platform-projection.js';
import { COMMIT_ACTS } from '../platform-log/platform-stream.js';
import type { BuiltEntry } from './entry-builder.js';
import type { LogWriter } from './log-writers.js';
import { LotStream } from './lot-stream.js';
import type { Stream } from './stream.js';

/** Rows of one transaction, in the columns' order of {@link LOT_EXTENSIONS}. */
export interface ProjectionRows {
  readonly summaries: unknown[][];
  readonly parties: unknown[][];
  /** Places of acts in the platform log. */
  readonly places: unknown[][];
}

/** A limit of a lot: after it something is due. */
export interface Limit {
  readonly name: string;
  readonly at: string;
}

/** Tables that screens list from; they change in the transaction of the entries that change them. */
export const LOT_EXTENSIONS: readonly BatchExtension[] = [
  {
    name: 'summary',
    columns: ['int[]', 'text[]', 'int[]', 'text[]', 'text[]', 'text[]', 'text[]', 'boolean[]', 'text[]', 'timestamptz[]'],
    sql: (source) => `
      INSERT INTO lot_summary (log_id, lot, round, code, name, regime, status, is_public, next_limit_name, next_limit_at)
      SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM ${source}
      ON CONFLICT (log_id) DO UPDATE SET code = excluded.code, name = excluded.name, regime = excluded.regime, status = excluded.status,
        is_public = excluded.is_public, next_limit_name = excluded.next_limit_name, next_limit_at = excluded.next_limit_at`,
  },
  {
    name: 'party',
    // unnest would flatten an array of arrays: roles travel as one text.
    columns: ['int[]', 'text[]', 'text[]', 'text[]', 'text[]', 'text[]', 'text[]', 'text[]', 'text[]'],
    sql: (source) => `
      INSERT INTO lot_party (log_id, party, roles, person, organisation, certificate, node_key, venue, seat)
      SELECT c1, c2, string_to_array(c3, ','), c4, c5, c6, c7, c8, c9 FROM ${source}
      ON CONFLICT (log_id, party) DO UPDATE SET roles = excluded.roles, person = excluded.person, organisation = excluded.organisation,
        certificate = excluded.certificate, node_key = excluded.node_key, venue = excluded.venue, seat = excluded.seat`,
  },
];

export class Projections {
  constructor(private readonly nextLimit: (state: LotStream['state']) => Limit | null) {}

  project(writer: LogWriter, before: Stream, after: Stream, entries: readonly BuiltEntry[], rows: ProjectionRows): void {
    if (!(after instanceof LotStream)) {
      for (const { header, publicFacts } of entries)
        if (header.type === COMMIT_ACTS) rows.places.push(...placeRows(header.seq, publicFacts));
      return;
    }
    const old = before instanceof LotStream && before.size > 0 ? before : null;
    const summary = this.#summary(writer, after);
    if (old === null || !sameRow(summary, this.#summary(writer, old))) {
      rows.summaries.push(summary);
    }
    if (old?.state.parties !== after.state.parties || old.bindings !== after.bindings) partyRows(writer, old, after, rows);
  }

  #summary(writer: LogWriter, { state }: LotStream): unknown[] {
    const limit = this.nextLimit(state);
    const { code, name, regime, isPublic } = state.setup;
    return [writer.logId, writer.lot, writer.round, code, name, regime, state.status, isPublic, limit?.name ?? null, limit?.at ?? null];
  }
}

const sameRow = (a: readonly unknown[], b: readonly unknown[]): boolean => a.every((value, index) => value === b[index]);

function partyRows(writer: LogWriter, old: LotStream | null, { state, bindings }: LotStream, rows: ProjectionRows): void {
  for (const [party, facts] of Object.entries(state.parties)) {
    const binding = bindings.get(party);
    if (old !== null && old.state.parties[party] === facts && old.bindings.get(party) === binding) continue;
    rows.parties.push([
      writer.logId,
      party,
      facts.roles.join(','),
      binding?.person ?? null,
      binding?.organisation ?? null,
      binding?.certificate ?? null,
      binding?.nodeKey ?? null,
      facts.venue,
      facts.seat,
    ]);
  }
}
