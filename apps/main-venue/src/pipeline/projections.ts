import type { BatchExtension } from '@app/ledger/store';
import type { Contributed } from '@app/platform';
import { Contributions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { BuiltEntry } from './entry-builder.js';
import type { LogWriter } from './log-writers.js';
import type { Stream } from './stream.js';

/** What one transaction does to one log. `entries` is empty when a log that was put back is listed anew, from `before` without entries. */
export interface LogChange {
  readonly writer: Pick<LogWriter, 'logId' | 'origin' | 'lot' | 'round'>;
  readonly before: Stream;
  readonly after: Stream;
  readonly entries: readonly BuiltEntry[];
}

/** Takes one row of a table, in the order of its columns. */
export type PutRow = (table: string, row: unknown[]) => void;

/**
 * Tables that follow from the logs and change in the transaction of the entries that change them. A part of the house brings its own
 * as a provider with `@Contributes(Projection)`.
 */
export abstract class Projection {
  /** Each joins the one statement of a batch when it has rows; names are unique in the house. */
  abstract readonly tables: readonly BatchExtension[];
  /** Puts the rows that a change makes. Synchronous: it runs between a decision and its commit. */
  abstract project(change: LogChange, put: PutRow): void;
}

/** Rows by the name of their table. */
export type ProjectionRows = Record<string, unknown[][]>;

/** Every projection of the house. */
@Injectable()
export class Projections {
  readonly #projections: Contributed<Projection>;

  constructor(contributions: Contributions) {
    this.#projections = contributions.to(Projection);
  }

  /** Throws when two projections have tables of one name. */
  get tables(): readonly BatchExtension[] {
    const tables = this.#projections.all.flatMap((projection) => projection.tables);
    const twice = tables.find(({ name }, index) => tables.findIndex((other) => other.name === name) !== index);
    if (twice !== undefined) throw new Error(`two projections have a table ${twice.name}`);
    return tables;
  }

  project(change: LogChange, rows: ProjectionRows): void {
    const put: PutRow = (table, row) => {
      (rows[table] ??= []).push(row);
    };
    for (const projection of this.#projections.all) projection.project(change, put);
  }
}
