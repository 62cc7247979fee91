import type { JsonObject } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Readiness } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../core/tokens.js';
import { SiteMedia } from '../media/site-media.js';
import { Courier } from '../outbox/courier.js';
import { Outbox } from '../outbox/outbox.js';
import { Replicas } from '../replica/replicas.js';
import { SiteDisk } from '../site/site-disk.js';
import { Uplink } from '../uplink/uplink.js';
import { ServedWeb } from '../witness/served-web.js';

/** A site works with its database; a cut line, media that cannot start and a disk that is nearly full are told, and keep nobody from working. */
@Injectable()
export class SiteReadiness extends Readiness {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly uplink: Uplink,
    private readonly outbox: Outbox,
    private readonly courier: Courier,
    private readonly replicas: Replicas,
    private readonly media: SiteMedia,
    private readonly web: ServedWeb,
    private readonly disk: SiteDisk,
  ) {
    super();
  }

  async facts(): Promise<JsonObject> {
    try {
      await this.pool.query('SELECT 1');
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'the database cannot be reached', { cause });
    }
    return {
      line: this.uplink.isUp ? 'up' : 'down',
      waiting: this.outbox.waitingCount,
      setAside: this.courier.parked,
      lots: this.replicas.all().length,
      judging: this.replicas.judging,
      ...this.replicas.faulty(),
      clockOffsetMs: this.uplink.clockOffsetMs,
      media: await this.media.state(),
      disk: { ...(await this.disk.state()) },
      webClient: this.web.findings.last?.standing ?? 'UNKNOWN',
    };
  }
}
