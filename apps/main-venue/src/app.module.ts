import type { DynamicModule } from '@nestjs/common';
import { Inject, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { Config } from '@app/platform';
import { DomainError } from '@app/platform';
import { ArchiveModule } from './archive/archive.module.js';
import { CoreModule } from './core/core.module.js';
import { ASSEMBLED } from './core/tokens.js';
import { DemoController } from './demo/demo.controller.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { HealthController } from './http/health.controller.js';
import { PermissionGuard } from './http/permissions.js';
import { ProblemFilter } from './http/problem.filter.js';
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

interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
}

const pipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues: readonly Issue[]) => {
    const issue = issues[0];
    const path = (issue?.path ?? []).map((key) =>
      typeof key === 'object' && key !== null && 'key' in key ? String(key.key) : String(key),
    );
    return new DomainError('MALFORMED', `${path.length === 0 ? '(whole)' : path.join('.')}: ${issue?.message ?? 'not readable'}`);
  },
});

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
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_PIPE, useValue: pipe },
      ],
    };
  }
}
