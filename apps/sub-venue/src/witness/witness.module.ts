import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { WitnessController } from './witness.controller.js';
import { Witness } from './witness.js';
import type { WitnessOptions } from './witness.types.js';

/** The witness of a site. Options are made by whoever starts the process; the pool in them stays his. */
@Module({})
export class WitnessModule {
  static register(options: WitnessOptions): DynamicModule {
    return {
      module: WitnessModule,
      controllers: [WitnessController],
      providers: [{ provide: Witness, useFactory: () => new Witness(options) }],
      exports: [Witness],
    };
  }
}
