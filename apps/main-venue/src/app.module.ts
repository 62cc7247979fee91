import type { DynamicModule } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { DEMO_PLACE, DemoController, ProblemFilter, Problems, schemaPipe } from '@app/venue';
import type { Config } from '@app/platform';
import { ArchiveModule } from './archive/archive.module.js';
import { CoreModule } from './core/core.module.js';
import { ASSEMBLED, CONFIG } from './core/tokens.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { HealthController } from './http/health.controller.js';
import { InstallationController } from './installation/installation.controller.js';
import { LogModule } from './log/log.module.js';
import { LogGuard } from './log/log.types.js';
import { LotsModule } from './lots/lots.module.js';
import type { Assembled } from './pipeline/assemble.js';
import { PipelineModule } from './pipeline/pipeline.module.js';
import { PlatformLogModule } from './platform-log/platform-log.module.js';
import { ReactorModule } from './reactor/reactor.module.js';
import { SessionModule } from './session/session.module.js';
import { VenuesModule } from './venues/venues.module.js';

/** The main venue (主会场): the authority of an installation. */
@Module({})
export class AppModule {
  /** A log that does not hold what was witnessed takes no commands; the log module finds out, the pipeline asks. */
  constructor(@Inject(ASSEMBLED) assembled: Assembled, @Inject(LogGuard) guard: LogGuard) {
    assembled.pipeline.closeWhen((origin) => guard.reason(origin));
  }

  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.register(config),
        PlatformLogModule,
        PipelineModule,
        SessionModule,
        LogModule,
        VenuesModule,
        ReactorModule,
        ErasureModule,
        ArchiveModule,
        LotsModule,
      ],
      controllers: [HealthController, InstallationController, DemoController],
      providers: [
        { provide: APP_FILTER, useFactory: (problems: Problems) => new ProblemFilter(problems), inject: [Problems] },
        { provide: APP_PIPE, useFactory: schemaPipe },
        { provide: DEMO_PLACE, useExisting: CONFIG },
      ],
    };
  }
}
