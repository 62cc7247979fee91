import type { Clock, Config, Logger } from '@app/platform';
import { createPool, invariant } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type pg from 'pg';
import { Keeper } from '../keeper/keeper.js';
import { KeeperRepository } from '../keeper/keeper.repository.js';
import { Courier } from '../outbox/courier.js';
import { Outbox } from '../outbox/outbox.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { ReplicaRepository } from '../replica/replica.repository.js';
import { Replicas } from '../replica/replicas.js';
import { Uplink } from '../uplink/uplink.js';
import { SiteCrypto } from './site-crypto.js';
import { SiteFacts } from './site-facts.js';
import type { SiteKeys } from './site-keys.js';
import { SiteTrust } from './site-trust.js';

/** Parts of a site, built and connected, with nothing started yet. */
export interface Site {
  readonly pool: pg.Pool;
  readonly crypto: SiteCrypto;
  readonly trust: SiteTrust;
  readonly repository: ReplicaRepository;
  readonly replicas: Replicas;
  readonly outbox: Outbox;
  readonly courier: Courier;
  readonly uplink: Uplink;
  readonly keeper: Keeper;
  /** Reads the disk back and opens the line. Throws when what lies on the disk can not be what was written. */
  start(): Promise<void>;
  /** Ends the line and the pool. Safe to call twice. */
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly config: Config;
  readonly keys: SiteKeys;
  readonly profile: CryptoProfile;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Builds a site from its configuration: the one place that knows how its parts hang together. */
export function buildSite({ config, keys, profile, clock, logger }: SiteOptions): Site {
  const { VENUE_ID: venue, VENUE_ROLE: role, INSTALLATION: installation, MAIN_URL: mainUrl } = config;
  invariant(mainUrl !== undefined && role !== 'main', 'a site knows its main venue and is not one');
  const pool = createPool({
    url: config.DATABASE_URL,
    name: venue,
    connectionsMax: config.DATABASE_CONNECTIONS_MAX,
    onError: (error) => {
      logger.warn({ err: error }, 'a database connection was lost');
    },
  });
  const crypto = new SiteCrypto(profile, profile.signerFrom(keys.node), keys.storage);
  const trust = new SiteTrust(profile, new SiteFacts(pool, crypto), keys.main ?? null);
  const repository = new ReplicaRepository(pool, crypto);
  const replicas = new Replicas(repository, crypto, () => trust.logKey, clock, logger);
  const outbox = new Outbox(new OutboxRepository(pool, crypto), crypto, clock, logger);
  const courier = new Courier(outbox, clock, logger);
  const uplinkOptions = { mainUrl, venue, installation, heartbeatMs: config.HEARTBEAT_MS };
  const uplink = new Uplink(uplinkOptions, crypto, trust, replicas, outbox, courier, clock, logger);
  const keeper = new Keeper(venue, replicas, new KeeperRepository(pool, crypto), outbox, crypto, clock, logger);
  let closing: Promise<void> | null = null;
  return {
    pool,
    crypto,
    trust,
    repository,
    replicas,
    outbox,
    courier,
    uplink,
    keeper,
    start: async () => {
      await trust.load();
      await outbox.start();
      await replicas.load();
      keeper.start();
      uplink.start();
    },
    close: () => {
      closing ??= (async () => {
        keeper.close();
        uplink.close();
        courier.close();
        await replicas.close();
        await pool.end();
      })();
      return closing;
    },
  };
}
