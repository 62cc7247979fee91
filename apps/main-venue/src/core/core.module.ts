import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Problems, SecurityLog, Rates, SocketCaps } from '@app/venue';
import type { Config, Logger } from '@app/platform';
import { Clock, ContributionsModule, createLogger, createPool, Ids, SystemClock, SystemIds } from '@app/platform';
import { type ClassList, dataSourceOptions } from '@app/platform/database';
import { createRedis, redisUrlOf } from '@app/platform/redis';
import { EngineShelf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import type { CryptoProfile } from '@app/sealing';
import { profileOf, StorageCipher } from '@app/sealing/node';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { loadNodeKeys, type NodeKeys } from '../keys/node-keys.js';
import { openRates } from './redis-rates.js';
import { CONFIG, LOGGER, NODE_KEYS, PART_CIPHER, POOL, PROFILE, REDIS } from './tokens.js';

/** Crypto profile of an installation's platform log, answers and sessions; a lot freezes its own at creation. */
export const INSTALLATION_PROFILE = 'gp-std-1';

const PROVIDERS = [
  { provide: LOGGER, useFactory: (config: Config) => createLogger({ name: config.VENUE_ID, level: config.LOG_LEVEL }), inject: [CONFIG] },
  { provide: PROFILE, useFactory: () => profileOf(INSTALLATION_PROFILE) },
  { provide: EngineShelf, useFactory: ({ FOUNDING_RULES }: Config) => openCheckedShelf(FOUNDING_RULES), inject: [CONFIG] },
  { provide: Clock, useClass: SystemClock },
  { provide: Ids, useClass: SystemIds },
  { provide: SecurityLog, useFactory: (logger: Logger, clock: Clock) => new SecurityLog(logger, clock), inject: [LOGGER, Clock] },
  {
    provide: Problems,
    useFactory: (logger: Logger, ids: Ids, security: SecurityLog) => new Problems(logger, ids, security),
    inject: [LOGGER, Ids, SecurityLog],
  },
  {
    provide: NODE_KEYS,
    useFactory: (config: Config, profile: CryptoProfile) => loadNodeKeys(profile, config.KEYS_FILE),
    inject: [CONFIG, PROFILE],
  },
  {
    provide: POOL,
    useFactory: (config: Config, logger: Logger) =>
      createPool({
        url: config.DATABASE_URL,
        name: `${config.VENUE_ID}-log`,
        connectionsMax: config.DATABASE_CONNECTIONS_MAX,
        onError: (error) => {
          logger.warn({ err: error }, 'a database connection was lost');
        },
      }),
    inject: [CONFIG, LOGGER],
  },
  {
    provide: REDIS,
    useFactory: (config: Config, logger: Logger) =>
      createRedis(redisUrlOf(config), { name: config.VENUE_ID }, (error) => {
        logger.warn({ err: error }, 'Redis cannot be reached');
      }),
    inject: [CONFIG, LOGGER],
  },
  { provide: Rates, useFactory: openRates, inject: [CONFIG, REDIS] },
  { provide: SocketCaps, useFactory: (config: Config, rates: Rates) => new SocketCaps(config, rates), inject: [CONFIG, Rates] },
  {
    provide: PART_CIPHER,
    useFactory: (keys: NodeKeys) => new StorageCipher(keys.storage),
    inject: [NODE_KEYS],
  },
];

/** What every module needs: configuration, keys, database, Redis, clock. Closes what it opened. */
@Global()
@Module({})
export class CoreModule implements OnApplicationShutdown {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** `entities`: classes of the tables that the rooms of the house keep by TypeORM; this room knows none of them. */
  static register(config: Config, entities: ClassList): DynamicModule {
    const providers = [{ provide: CONFIG, useValue: config }, ...PROVIDERS];
    return {
      module: CoreModule,
      imports: [
        ContributionsModule,
        TypeOrmModule.forRoot(dataSourceOptions({ url: config.DATABASE_URL, name: config.VENUE_ID, entities })),
      ],
      providers,
      exports: providers.map((provider) => provider.provide),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
    this.redis.disconnect();
  }
}
