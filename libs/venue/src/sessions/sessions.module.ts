import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { NeedsGuard } from '../rights/needs.guard.js';
import { OwnAddresses } from './own-addresses.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.js';

type Imports = NonNullable<DynamicModule['imports']>;

/**
 * Login, and the guard of every route and message. Needs of its ports: SessionBook, RightsSource, VenuePlace, Clock. A node without seats
 * (`hasSeats` false: the supervision authority) has the guard and no login.
 */
@Module({})
export class SessionsModule {
  static over(ports: Imports, hasSeats = true): DynamicModule {
    return {
      module: SessionsModule,
      imports: ports,
      controllers: hasSeats ? [SessionController] : [],
      providers: [OwnAddresses, Sessions, NeedsGuard, { provide: APP_GUARD, useExisting: NeedsGuard }],
      exports: [Sessions, NeedsGuard],
    };
  }
}
