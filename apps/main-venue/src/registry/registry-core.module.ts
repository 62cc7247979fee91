import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { Clock, Ids } from '@app/platform';
import { createRedis, redisUrlOf } from '@app/platform/redis';
import type { CryptoProfile } from '@app/sealing';
import type { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { CONFIG, LOGGER, PROFILE, REDIS } from '../core/tokens.js';
import { ActsModule } from '../acts/acts.module.js';
import { SealedActs } from '../acts/sealed-acts.js';
import { RegistryFeed } from './live/registry-feed.js';
import { RegistryView } from './live/registry-view.js';
import { Registry } from './live/registry.types.js';
import { RegistryBook } from './record/registry-book.js';

/** What the others ask of the registry, how it is changed, and how a change comes into force. It is read before anything is served. */
@Module({
  imports: [ActsModule],
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
    {
      provide: RegistryFeed,
      useFactory: (view: RegistryView, publisher: Redis, config: Config, clock: Clock, logger: Logger) =>
        new RegistryFeed({
          view,
          publisher,
          subscriber: createRedis(redisUrlOf(config), { name: `${config.VENUE_ID}-registry` }, (error) => {
            logger.debug({ err: error }, 'registry: Redis cannot be reached');
          }),
          clock,
          logger,
        }),
      inject: [RegistryView, REDIS, CONFIG, Clock, LOGGER],
    },
    {
      provide: RegistryBook,
      useFactory: (source: DataSource, acts: SealedActs, profile: CryptoProfile, clock: Clock, ids: Ids, feed: RegistryFeed) =>
        new RegistryBook(source, acts, profile, clock, ids, (version) => feed.published(version)),
      inject: [DataSource, SealedActs, PROFILE, Clock, Ids, RegistryFeed],
    },
  ],
  exports: [RegistryView, Registry, RegistryFeed, RegistryBook],
})
export class RegistryCoreModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(RegistryFeed) private readonly feed: RegistryFeed) {}

  onApplicationBootstrap(): void {
    this.feed.start();
  }

  beforeApplicationShutdown(): void {
    this.feed.close();
  }
}
