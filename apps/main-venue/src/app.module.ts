import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { DEMO_PLACE, DemoController, ProblemFilter, Problems, schemaPipe } from '@app/venue';
import type { Config } from '@app/platform';
import { ArchiveModule } from './archive/archive.module.js';
import { CoreModule } from './core/core.module.js';
import { CONFIG } from './core/tokens.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { MainJobsModule } from './jobs/main-jobs.module.js';
import { LogModule } from './log/log.module.js';
import { REGISTRY_ENTITIES } from './registry/entities.js';
import { RegistryModule } from './registry/registry.module.js';
import { LotsModule } from './lots/lots.module.js';
import { PlatformLogModule } from './platform-log/platform-log.module.js';
import { ReactorModule } from './reactor/reactor.module.js';
import { SessionModule } from './session/session.module.js';
import { VenuesModule } from './venues/venues.module.js';

/** The main venue (主会场): the authority of an installation. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.register(config, REGISTRY_ENTITIES),
        MainJobsModule,
        PlatformLogModule,
        RegistryModule,
        SessionModule,
        LogModule,
        VenuesModule,
        ReactorModule,
        ErasureModule,
        ArchiveModule,
        LotsModule,
      ],
      controllers: [DemoController],
      providers: [
        {
          provide: APP_FILTER,
          useFactory: (problems: Problems, { PROXIES_TRUSTED }: Config) => new ProblemFilter(problems, PROXIES_TRUSTED),
          inject: [Problems, CONFIG],
        },
        { provide: APP_PIPE, useFactory: schemaPipe },
        { provide: DEMO_PLACE, useExisting: CONFIG },
      ],
    };
  }
}
