import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { DesksController } from './desks.controller.js';
import { LotFollower } from './lot-follower.js';
import { Lots } from './lots.js';
import { LotsController } from './lots.controller.js';
import { SessionWatch } from '../sessions/session-watch.gateway.js';
import { LotsGateway } from './lots.gateway.js';

/** Lists, pages, heads, following, and members' own desks. Needs of its ports: LotSource, DeskStore, VenueLines, CommandsModule, SessionsModule, Clock, Problems. */
@Module({})
export class LotsModule {
  static over(ports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return {
      module: LotsModule,
      imports: ports,
      controllers: [LotsController, DesksController],
      providers: [Lots, LotFollower, LotsGateway, SessionWatch],
      exports: [Lots],
    };
  }
}
