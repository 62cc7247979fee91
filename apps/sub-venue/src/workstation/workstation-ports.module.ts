import type { Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import {
  CommandTaker,
  DeskStore,
  FolderDesks,
  LotSource,
  NoRights,
  Readiness,
  RightsSource,
  SessionBook,
  VenueLines,
  VenuePlace,
} from '@app/venue';
import { Module } from '@nestjs/common';
import { join } from 'node:path';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { SiteReadiness } from '../health/site-readiness.js';
import { MediaModule } from '../media/media.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { ReplicaModule } from '../replica/replica.module.js';
import { UplinkModule } from '../uplink/uplink.module.js';
import { WitnessModule } from '../witness/witness.module.js';
import { KeepingTaker } from './keeping-taker.js';
import { ReplicaLots } from './replica-lots.js';
import { SiteLines } from './site-lines.js';
import { SiteSessionBook } from './site-session-book.js';

/**
 * What a site brings to the shared edge of a venue: its place, its sessions, its replicas, its outbox, its line. A site grants no rights.
 */
@Module({
  imports: [ReplicaModule, OutboxModule, UplinkModule, MediaModule, WitnessModule],
  providers: [
    { provide: VenuePlace, useFactory: placeOf, inject: [CONFIG, PROFILE] },
    { provide: SessionBook, useClass: SiteSessionBook },
    { provide: RightsSource, useClass: NoRights },
    { provide: LotSource, useClass: ReplicaLots },
    { provide: CommandTaker, useClass: KeepingTaker },
    { provide: DeskStore, useFactory: ({ DATA_DIR }: Config) => new FolderDesks(join(DATA_DIR, 'desks')), inject: [CONFIG] },
    { provide: VenueLines, useClass: SiteLines },
    { provide: Readiness, useClass: SiteReadiness },
  ],
  exports: [VenuePlace, SessionBook, RightsSource, LotSource, CommandTaker, DeskStore, VenueLines, Readiness],
})
export class WorkstationPortsModule {}

function placeOf({ INSTALLATION, VENUE_ID, VENUE_ROLE, PUBLIC_URL }: Config, profile: CryptoProfile): VenuePlace {
  return new VenuePlace(INSTALLATION, VENUE_ID, VENUE_ROLE, profile, PUBLIC_URL);
}
