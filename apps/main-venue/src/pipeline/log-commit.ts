import type { Batch, PartCipher } from '@app/ledger/store';
import { GroupCommit } from '@app/ledger/store';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { PART_CIPHER, POOL } from '../core/tokens.js';
import { Projections } from './projections.js';

/** The one statement in which entries and the tables that follow from them are written. */
@Injectable()
export class LogCommit {
  #commit: GroupCommit | null = null;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(PART_CIPHER) private readonly cipher: PartCipher,
    private readonly projections: Projections,
  ) {}

  /** Throws PostgreSQL's error: `40001` when the fence did not hold, `23505` when a command id was used before. */
  write(batch: Batch): Promise<void> {
    this.#commit ??= new GroupCommit(this.cipher, this.projections.tables);
    return this.#commit.write(this.pool, batch);
  }
}
