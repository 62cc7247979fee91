import type { DynamicModule, InjectionToken, ModuleMetadata } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { VenuesGateway } from './venues.gateway.js';
import { VenuesService } from './venues.service.js';
import type { VenuesOptions } from './venues.types.js';

export interface VenuesModuleOptions<Deps extends unknown[]> {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject: { readonly [Index in keyof Deps]: InjectionToken<Deps[Index]> };
  readonly useFactory: (...deps: Deps) => VenuesOptions | Promise<VenuesOptions>;
}

/** The main venue's end of the lines to the sites. Other modules take {@link VenuesService} for line states, barriers and checkpoints. */
@Module({})
export class VenuesModule {
  static forRootAsync<Deps extends unknown[]>(options: VenuesModuleOptions<Deps>): DynamicModule {
    return {
      module: VenuesModule,
      imports: options.imports ?? [],
      providers: [
        {
          provide: VenuesService,
          inject: [...options.inject],
          useFactory: async (...deps: Deps) => new VenuesService(await options.useFactory(...deps)),
        },
        VenuesGateway,
      ],
      exports: [VenuesService],
    };
  }
}
