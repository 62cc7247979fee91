import type { JsonObject } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Readiness } from '@app/venue';
import type { Site } from '../site/site.js';

/** A site works with its database; a cut line is told and is no fault of the site. */
export class SiteReadiness extends Readiness {
  constructor(private readonly site: Pick<Site, 'pool' | 'uplink' | 'outbox' | 'courier' | 'replicas'>) {
    super();
  }

  async facts(): Promise<JsonObject> {
    const { pool, uplink, outbox, courier, replicas } = this.site;
    try {
      await pool.query('SELECT 1');
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'the database can not be reached', { cause });
    }
    const lots = replicas.all();
    return {
      line: uplink.isUp ? 'up' : 'down',
      waiting: outbox.waitingCount,
      setAside: courier.parked,
      lots: lots.length,
      broken: lots.filter(({ fault }) => fault !== null).map(({ origin }) => origin),
      clockOffsetMs: uplink.clockOffsetMs,
    };
  }
}
