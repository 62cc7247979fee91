import { Module } from '@nestjs/common';
import type { CryptoProfile } from '@app/sealing';
import { DataSource } from 'typeorm';
import { PROFILE } from '../core/tokens.js';
import { RegistryView } from './registry-view.js';
import { Registry } from './registry.types.js';

/** Who and what the main venue knows. It is read before anything is served. */
@Module({
  providers: [
    {
      provide: RegistryView,
      useFactory: async (dataSource: DataSource, profile: CryptoProfile) => {
        const view = new RegistryView(dataSource, profile);
        await view.refresh();
        return view;
      },
      inject: [DataSource, PROFILE],
    },
    { provide: Registry, useExisting: RegistryView },
  ],
  exports: [Registry, RegistryView],
})
export class RegistryModule {}
