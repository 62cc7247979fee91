import { Injectable } from '@nestjs/common';
import { LogCommit } from './log-commit.js';
import { nameOf } from './log-name.js';
import { LogWriters } from './log-writers.js';
import type { ProjectionRows } from './projections.js';
import { Projections } from './projections.js';
import { StreamKinds } from './stream-kind.js';

/** For a log whose entries were put back from a mirror. */
@Injectable()
export class LogRefolder {
  constructor(
    private readonly writers: LogWriters,
    private readonly kinds: StreamKinds,
    private readonly projections: Projections,
    private readonly commit: LogCommit,
  ) {}

  /** Folds the log from its entries and writes again what screens list from. Nothing happens when there is no such log. */
  async refold(origin: string): Promise<void> {
    const name = nameOf(origin);
    const writer = this.writers.peek(origin) ?? (await this.writers.load(name));
    if (writer === null) return;
    // Also when it was loaded just now: that may have begun before the entries were back.
    await this.writers.reload(writer);
    const rows: ProjectionRows = {};
    this.projections.project({ writer, before: this.kinds.of(name).initial(name), after: writer.head.stream, entries: [] }, rows);
    if (Object.keys(rows).length > 0) await this.commit.write({ logs: [], extensions: rows });
  }
}
