import { DomainError } from '@app/platform';
import { JobsService } from '@app/platform/jobs';
import { Readiness } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../core/tokens.js';

/** The main venue works with its database; Redis, dead jobs and silent queues are only told, since nothing is lost by them. */
@Injectable()
export class MainReadiness extends Readiness {
  constructor(
    private readonly jobs: JobsService,
    @Inject(REDIS) private readonly redis: Redis,
  ) {
    super();
  }

  async facts(): Promise<{ redis: string; jobs: { dead: number; silent: readonly string[] } }> {
    try {
      const { dead, silent } = await this.jobs.health();
      return { redis: this.redis.status, jobs: { dead, silent } };
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'the database cannot be reached', { cause });
    }
  }
}
