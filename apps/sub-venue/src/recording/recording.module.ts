import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { ReplicaModule } from '../replica/replica.module.js';
import { UplinkModule } from '../uplink/uplink.module.js';
import { Landings } from './landings.js';
import { LookKeysOfSite } from './look-keys.js';
import { RecordingDeliveries } from './recording-deliveries.js';
import { RecordingRepository } from './recording.repository.js';
import { RoomsGateway } from './rooms.gateway.js';
import { SiteRecorder } from './site-recorder.js';
import { SiteRooms } from './site-rooms.js';

/** Rooms of this site, and the recorder of what is said and seen there. Needs of its ports what every gateway of a venue needs. */
@Module({})
export class RecordingModule {
  static over(ports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return {
      module: RecordingModule,
      imports: [...ports, MediaModule, OutboxModule, ReplicaModule, UplinkModule],
      providers: [RecordingRepository, Landings, LookKeysOfSite, RecordingDeliveries, SiteRecorder, SiteRooms, RoomsGateway],
    };
  }
}
