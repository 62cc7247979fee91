import { RightsSource, SessionBook, SessionsModule, VenuePlace } from '@app/venue';
import type { Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Global, Module } from '@nestjs/common';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { RegistryModule } from '../registry/registry.module.js';
import { RegistryRights } from '../registry/access/registry-rights.js';
import { RedisSessionBook } from './redis-session-book.js';

/** What the main venue brings to the shared sessions: which venue it is, and its book in Redis. */
@Module({
  imports: [RegistryModule],
  providers: [
    {
      provide: VenuePlace,
      useFactory: ({ INSTALLATION, VENUE_ID, VENUE_ROLE, PUBLIC_URL }: Config, profile: CryptoProfile) =>
        new VenuePlace(INSTALLATION, VENUE_ID, VENUE_ROLE, profile, PUBLIC_URL),
      inject: [CONFIG, PROFILE],
    },
    { provide: SessionBook, useClass: RedisSessionBook },
    { provide: RightsSource, useClass: RegistryRights },
  ],
  exports: [VenuePlace, SessionBook, RightsSource],
})
class SessionPortsModule {}

const sessions = SessionsModule.over([SessionPortsModule]);

@Global()
@Module({ imports: [SessionPortsModule, sessions, RegistryModule], exports: [SessionPortsModule, sessions] })
export class SessionModule {}
