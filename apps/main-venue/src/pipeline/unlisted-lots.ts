import type { OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../core/tokens.js';
import { LogRefolder } from './log-refolder.js';

/** Lists again, from their entries, the lots whose parties a migration has emptied. Before anybody asks for a list. */
@Injectable()
export class UnlistedLots implements OnModuleInit {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly refolder: LogRefolder,
  ) {}

  async onModuleInit(): Promise<void> {
    // Every lot has parties from its first entry on.
    const { rows } = await this.pool.query<{ origin: string }>(
      `SELECT l.origin FROM log l WHERE l.lot IS NOT NULL AND l.size > 0
         AND NOT EXISTS (SELECT 1 FROM lot_party p WHERE p.log_id = l.id) ORDER BY l.origin`,
    );
    for (const { origin } of rows) await this.refolder.refold(origin);
  }
}
