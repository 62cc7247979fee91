import { Clock } from '@app/platform';
import { CommandTaker, LotSource, NoRights, Problems, Readiness, RightsSource, SessionBook, VenueLines, VenuePlace } from '@app/venue';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { SiteReadiness } from '../health/site-readiness.js';
import type { Site, SiteOptions } from '../site/site.js';
import { KeepingTaker } from './keeping-taker.js';
import { ReplicaLots } from './replica-lots.js';
import { SiteLines } from './site-lines.js';
import { SiteSessionBook } from './site-session-book.js';

/** What a site brings to the shared edge of a venue: its place, its sessions, its replicas, its outbox, its line. A site grants no rights. */
@Module({})
export class WorkstationPortsModule {
  static over({ config, profile, clock }: SiteOptions, site: Site, problems: Problems): DynamicModule {
    const { pool, crypto, trust, replicas, outbox, uplink } = site;
    const { INSTALLATION, VENUE_ID, VENUE_ROLE } = config;
    const providers = [
      { provide: Clock, useValue: clock },
      { provide: Problems, useValue: problems },
      { provide: VenuePlace, useValue: new VenuePlace(INSTALLATION, VENUE_ID, VENUE_ROLE, profile) },
      { provide: SessionBook, useValue: new SiteSessionBook(pool, crypto, trust, clock) },
      { provide: RightsSource, useClass: NoRights },
      { provide: LotSource, useValue: new ReplicaLots(replicas, trust) },
      { provide: CommandTaker, useValue: new KeepingTaker(outbox, uplink, clock) },
      { provide: VenueLines, useValue: new SiteLines(VENUE_ID, VENUE_ROLE, trust, uplink, outbox, replicas, clock) },
      { provide: Readiness, useValue: new SiteReadiness(site) },
    ];
    return { module: WorkstationPortsModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
