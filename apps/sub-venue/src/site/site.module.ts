import { EngineShelf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import type { Config, Logger } from '@app/platform';
import { Clock, createPool, Ids, readKeysFile, SystemClock, SystemIds } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { Problems, SecurityLog, Rates, SocketCaps } from '@app/venue';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import type pg from 'pg';
import { CONFIG, LOGGER, POOL, PROFILE, SITE_KEYS } from '../core/tokens.js';
import { SiteCrypto } from './site-crypto.js';
import { SiteDisk } from './site-disk.js';
import { SiteFacts } from './site-facts.js';
import { zSiteKeys, type SiteKeys } from './site-keys.js';
import { SiteTrust } from './site-trust.js';

/** Crypto profile of the installation; a lot names its own. */
const INSTALLATION_PROFILE = 'gp-std-1';

const PROVIDERS = [
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
  { provide: SITE_KEYS, useFactory: (config: Config) => readKeysFile(zSiteKeys, config.KEYS_FILE), inject: [CONFIG] },
  { provide: POOL, useFactory: openPool, inject: [CONFIG, LOGGER] },
  // A site is one process: it counts in memory.
  { provide: Rates, useFactory: (config: Config) => new Rates(config), inject: [CONFIG] },
  { provide: SocketCaps, useFactory: (config: Config, rates: Rates) => new SocketCaps(config, rates), inject: [CONFIG, Rates] },
  {
    provide: SiteCrypto,
    useFactory: (profile: CryptoProfile, keys: SiteKeys) => new SiteCrypto(profile, profile.signerFrom(keys.node), keys.storage),
    inject: [PROFILE, SITE_KEYS],
  },
  SiteDisk,
  SiteFacts,
  SiteTrust,
];

/**
 * What every part of a site stands on: configuration, keys, clock, database, and whom the site trusts. Nest starts a global module before
 * all others and ends it after them, so the database is there for whatever they still write.
 */
@Global()
@Module({})
export class SiteModule implements OnApplicationShutdown {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  static register(config: Config, logger: Logger): DynamicModule {
    const providers = [{ provide: CONFIG, useValue: config }, { provide: LOGGER, useValue: logger }, ...PROVIDERS];
    return {
      module: SiteModule,
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

function openPool(config: Config, logger: Logger): pg.Pool {
  return createPool({
    url: config.DATABASE_URL,
    name: config.VENUE_ID,
    connectionsMax: config.DATABASE_CONNECTIONS_MAX,
    onError: (error) => {
      logger.warn({ err: error }, 'a database connection was lost');
    },
  });
}
