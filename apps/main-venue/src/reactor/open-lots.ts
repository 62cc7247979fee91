import { FINAL_STATUSES } from '@app/evaluation';
import type { Logger } from '@app/platform';
import { JobBook } from '@app/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { LOGGER, POOL } from '../core/tokens.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { LotJobs } from './lot-jobs.js';
import { Reactor } from './reactor.js';

const OPEN_LOTS = `SELECT l.origin FROM lot_summary s JOIN log l ON l.id = s.log_id WHERE s.status <> ALL ($1)`;
/** A call that goes on may have come with an earlier entry: then its key is another. */
const CALLED = `SELECT 1 FROM job WHERE name = 'expert:contact' AND name = $1 AND payload = $2::jsonb AND state <> 'DONE'`;

/**
 * What a process does for the open lots when it starts: looks after each, since a crash may have come between an entry and what follows
 * from it, and wants the jobs that entries of an earlier release brought nobody.
 */
@Injectable()
export class OpenLots {
  constructor(
    private readonly reactor: Reactor,
    private readonly pipeline: Pipeline,
    private readonly jobs: LotJobs,
    private readonly book: JobBook,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Never throws: a lot that it missed is looked after at its next change. */
  async takeUp(): Promise<void> {
    try {
      const { rows } = await this.pool.query<{ origin: string }>(OPEN_LOTS, [FINAL_STATUSES]);
      for (const { origin } of rows) {
        this.reactor.poke(origin);
        await this.#wantJobs(origin);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'open lots cannot be looked after now; each is at its next change');
    }
  }

  async #wantJobs(origin: string): Promise<void> {
    for (const row of this.jobs.rows(null, await this.pipeline.lotRun(origin))) {
      const called = await this.pool.query(CALLED, [row[1], row[3]]);
      if (called.rowCount === 0) await this.book.wantRow(this.pool, row);
    }
  }
}
