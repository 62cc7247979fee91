import type { Config, Logger } from '@app/platform';
import { ProblemFilter, Problems, schemaPipe } from '@app/venue';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { KeeperModule } from './keeper/keeper.module.js';
import { MediaModule } from './media/media.module.js';
import { CONFIG } from './core/tokens.js';
import { MirrorModule } from './mirror/mirror.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { ReplicaModule } from './replica/replica.module.js';
import { SiteModule } from './site/site.module.js';
import { UplinkModule } from './uplink/uplink.module.js';
import { WitnessModule } from './witness/witness.module.js';
import { WorkstationModule } from './workstation/workstation.module.js';

/**
 * A site (分会场): rooms, outbox, replica, keeper, witness. The supervision authority is one without rooms: nothing for workstations.
 *
 * Modules start in the order of their imports: what lies on the disk is read back first (site, replicas, outbox), then the keeper looks at
 * it, and when all of that is done the line is opened. They end the other way round.
 */
@Module({})
export class AppModule {
  static register(config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SiteModule.register(config, logger),
        ReplicaModule,
        OutboxModule,
        UplinkModule,
        KeeperModule,
        WitnessModule,
        MediaModule,
        MirrorModule,
        WorkstationModule.register(config.VENUE_ROLE === 'sub'),
      ],
      providers: [
        {
          provide: APP_FILTER,
          useFactory: (problems: Problems, { PROXIES_TRUSTED }: Config) => new ProblemFilter(problems, PROXIES_TRUSTED),
          inject: [Problems, CONFIG],
        },
        { provide: APP_PIPE, useFactory: schemaPipe },
      ],
    };
  }
}
