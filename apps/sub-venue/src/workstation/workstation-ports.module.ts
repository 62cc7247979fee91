import { NoRights, RightsSource, SessionBook, VenuePlace } from '@app/venue';
import { Clock } from '@app/platform';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { Site, SiteOptions } from '../site/site.js';
import { SiteSessionBook } from './site-session-book.js';

/** What a site brings to the shared edge of a venue: its place, and its book of sessions. A site grants no rights. */
@Module({})
export class WorkstationPortsModule {
  static over({ config, profile, clock }: SiteOptions, { pool, crypto, trust }: Site): DynamicModule {
    const { INSTALLATION, VENUE_ID, VENUE_ROLE } = config;
    const place: VenuePlace = { installation: INSTALLATION, venue: VENUE_ID, role: VENUE_ROLE, profile };
    const providers = [
      { provide: Clock, useValue: clock },
      { provide: VenuePlace, useValue: place },
      { provide: SessionBook, useValue: new SiteSessionBook(pool, crypto, trust, clock) },
      { provide: RightsSource, useClass: NoRights },
    ];
    return { module: WorkstationPortsModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
