import type { VenueLine } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import { type NamedKeys, VenueLines } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import { Outbox } from '../outbox/outbox.js';
import { Replicas } from '../replica/replicas.js';
import { SiteTrust } from '../site/site-trust.js';
import { Uplink } from '../uplink/uplink.js';

/** The venues as this site can know them: its own line to the main venue. Of other sites it knows the names alone, so it lists none. */
@Injectable()
export class SiteLines extends VenueLines {
  #since: string;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'VENUE_ID' | 'VENUE_ROLE'>,
    private readonly trust: SiteTrust,
    private readonly uplink: Uplink,
    private readonly outbox: Outbox,
    private readonly replicas: Replicas,
    clock: Clock,
  ) {
    super();
    this.#since = clock.instant();
    uplink.onLine(() => (this.#since = clock.instant()));
  }

  override onChanged(listener: () => void): () => void {
    return this.uplink.onLine(listener);
  }

  keys(): { answerKey: string; logKey: string } {
    return { answerKey: this.trust.registry?.answerKey ?? '', logKey: this.trust.logKey ?? '' };
  }

  named(): Omit<NamedKeys, 'installation'> | null {
    const { registry } = this.trust;
    if (registry === null) return null;
    return { logKey: registry.logKey, roots: registry.authorities.map(({ certificate }) => certificate), venues: registry.venues };
  }

  lines(): VenueLine[] {
    const line = this.uplink.isUp ? 'up' : 'down';
    const named = (id: string): string => this.trust.registry?.venues.find((venue) => venue.id === id)?.name ?? id;
    const main = this.trust.registry?.venues.find(({ role }) => role === 'main')?.id ?? 'main';
    const replicated = Object.fromEntries(this.replicas.all().map(({ origin, size }) => [origin, size]));
    const since = this.#since;
    const { VENUE_ID: venue, VENUE_ROLE: role } = this.config;
    return [
      { venue: main, name: named(main), role: 'main', line, since, waiting: 0, replicated: {} },
      { venue, name: named(venue), role, line, since, waiting: this.outbox.waitingCount, replicated },
    ];
  }
}
