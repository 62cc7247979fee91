import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { Config } from '@app/platform';
import { DomainError } from '@app/platform';
import { CoreModule } from './core/core.module.js';
import { DemoController } from './demo/demo.controller.js';
import { HealthController } from './http/health.controller.js';
import { PermissionGuard } from './http/permissions.js';
import { ProblemFilter } from './http/problem.filter.js';
import { InstallationController } from './installation/installation.controller.js';
import { LotsModule } from './lots/lots.module.js';
import { PipelineModule } from './pipeline/pipeline.module.js';
import { SessionModule } from './session/session.module.js';
import { VenuesModule } from './venues/venues.module.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
}

const pipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues: readonly Issue[]) => {
    const issue = issues[0];
    const path = (issue?.path ?? []).map((key) => (typeof key === 'object' && key !== null && 'key' in key ? String(key.key) : String(key)));
    return new DomainError('MALFORMED', `${path.length === 0 ? '(whole)' : path.join('.')}: ${issue?.message ?? 'not readable'}`);
  },
});

/** The main venue (主会场): the authority of an installation. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [CoreModule.register(config), PipelineModule, VenuesModule, SessionModule, LotsModule],
      controllers: [HealthController, InstallationController, DemoController],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_PIPE, useValue: pipe },
      ],
    };
  }
}
