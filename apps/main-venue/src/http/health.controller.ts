import { Controller, Get, Inject } from '@nestjs/common';
import { DomainError } from '@app/platform';
import { Needs } from '@app/venue';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { POOL, REDIS } from '../core/tokens.js';

/** `/healthz`: the process answers. `/readyz`: it can work; Redis is only reported, since nothing is lost without it. */
@Controller()
@Needs('public')
export class HealthController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  @Get('healthz')
  health(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('readyz')
  async ready(): Promise<{ status: 'ready'; redis: string }> {
    try {
      await this.pool.query('SELECT 1');
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'the database can not be reached', { cause });
    }
    return { status: 'ready', redis: this.redis.status };
  }
}
