import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** Probes of a process. Needs of its ports: Readiness. */
@Module({})
export class HealthModule {
  static over(ports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return { module: HealthModule, imports: ports, controllers: [HealthController] };
  }
}
