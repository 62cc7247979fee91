import { DomainError } from '@app/platform';
import { Readiness } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { POOL, REDIS } from '../core/tokens.js';

/** The main venue works with its database; Redis is only told, since nothing is lost without it. */
@Injectable()
export class MainReadiness extends Readiness {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
  ) {
    super();
  }

  async facts(): Promise<{ redis: string }> {
    try {
      await this.pool.query('SELECT 1');
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'the database can not be reached', { cause });
    }
    return { redis: this.redis.status };
  }
}
