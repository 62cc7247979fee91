import { DomainError } from '@app/platform';
import { Needs } from '@app/venue';
import { Controller, Get, Inject } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../core/tokens.js';
import { Courier } from '../outbox/courier.js';
import { Outbox } from '../outbox/outbox.js';
import { Replicas } from '../replica/replicas.js';
import { Uplink } from '../uplink/uplink.js';

/** `/healthz`: the process answers. `/readyz`: it can work; a cut line is told and is no fault of the site. */
@Controller()
@Needs('public')
export class HealthController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Uplink) private readonly uplink: Uplink,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Courier) private readonly courier: Courier,
    @Inject(Replicas) private readonly replicas: Replicas,
  ) {}

  @Get('healthz')
  health(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('readyz')
  async ready(): Promise<{
    status: 'ready';
    line: 'up' | 'down';
    waiting: number;
    setAside: number;
    lots: number;
    broken: string[];
    clockOffsetMs: number | null;
  }> {
    try {
      await this.pool.query('SELECT 1');
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'the database can not be reached', { cause });
    }
    const lots = this.replicas.all();
    return {
      status: 'ready',
      line: this.uplink.isUp ? 'up' : 'down',
      waiting: this.outbox.waitingCount,
      setAside: this.courier.parked,
      lots: lots.length,
      broken: lots.filter(({ fault }) => fault !== null).map(({ origin }) => origin),
      clockOffsetMs: this.uplink.clockOffsetMs,
    };
  }
}
