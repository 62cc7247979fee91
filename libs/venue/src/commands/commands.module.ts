import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { CommandDesk } from './command-desk.js';
import { CommandsController } from './commands.controller.js';

/** Commands in. Needs of its ports: CommandTaker. */
@Module({})
export class CommandsModule {
  static over(ports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return { module: CommandsModule, imports: ports, controllers: [CommandsController], providers: [CommandDesk], exports: [CommandDesk] };
  }
}
