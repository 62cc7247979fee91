import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { InstallationController } from './installation.controller.js';

/** Public facts of the installation. Needs of its ports: VenuePlace, VenueLines, Clock. */
@Module({})
export class InstallationModule {
  static over(ports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return { module: InstallationModule, imports: ports, controllers: [InstallationController] };
  }
}
