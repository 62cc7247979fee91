import {
  CommandsModule,
  DEMO_PLACE,
  DemoController,
  HealthModule,
  InstallationModule,
  LotsModule,
  ProblemFilter,
  Problems,
  schemaPipe,
  SessionsModule,
} from '@app/venue';
import { SIGNATURE_TYPE } from '@app/ledger';
import type { Config } from '@app/platform';
import { Clock, SystemIds } from '@app/platform';
import { noteKey, noteSigner, noteSuite } from '@app/sealing';
import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CONFIG, LOGGER, POOL, PROFILE } from './core/tokens.js';
import { MirrorController } from './mirror/mirror.controller.js';
import { Courier } from './outbox/courier.js';
import { Outbox } from './outbox/outbox.js';
import { ReplicaRepository } from './replica/replica.repository.js';
import { Replicas } from './replica/replicas.js';
import type { Site, SiteOptions } from './site/site.js';
import { SiteTrust } from './site/site-trust.js';
import { Uplink } from './uplink/uplink.js';
import { TileSource } from './witness/tile-source.js';
import { WitnessModule } from './witness/witness.module.js';
import { WorkstationPortsModule } from './workstation/workstation-ports.module.js';

/** A site (分会场): rooms, outbox, replica, keeper, witness. The supervision authority is one without rooms: no workstation edge. */
@Global()
@Module({})
export class AppModule {
  static register(options: SiteOptions, site: Site): DynamicModule {
    const { config, profile, clock, logger } = options;
    const problems = new Problems(logger, new SystemIds());
    const hasRooms = config.VENUE_ROLE === 'sub';
    const values = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: PROFILE, useValue: profile },
      { provide: POOL, useValue: site.pool },
      { provide: Clock, useValue: clock },
      { provide: Problems, useValue: problems },
      { provide: DEMO_PLACE, useValue: config },
      { provide: SiteTrust, useValue: site.trust },
      { provide: ReplicaRepository, useValue: site.repository },
      { provide: Replicas, useValue: site.replicas },
      { provide: Outbox, useValue: site.outbox },
      { provide: Courier, useValue: site.courier },
      { provide: Uplink, useValue: site.uplink },
    ];
    return {
      module: AppModule,
      imports: [witness(options, site, config), ...edge(WorkstationPortsModule.over(options, site, problems), hasRooms)],
      controllers: [MirrorController, ...(hasRooms ? [DemoController] : [])],
      providers: [...values, { provide: APP_FILTER, useValue: new ProblemFilter(problems) }, { provide: APP_PIPE, useValue: schemaPipe() }],
    };
  }
}

/** The modules that every venue has, over this site's ports. A node without seats has probes and the guard. */
function edge(ports: DynamicModule, hasSeats: boolean): DynamicModule[] {
  const sessions = SessionsModule.over([ports], hasSeats);
  const base = [sessions, HealthModule.over([ports])];
  if (!hasSeats) return base;
  const commands = CommandsModule.over([ports]);
  return [...base, commands, LotsModule.over([ports, sessions, commands]), InstallationModule.over([ports])];
}

/** This site's witness: knows the installation's logs by the key that was pinned, and can look leaves up in the replicas. */
function witness({ profile, clock, logger, keys }: SiteOptions, site: Site, config: Config): DynamicModule {
  const signer = noteSigner(
    profile.signerFrom(keys.witness),
    `${config.INSTALLATION}/witness/${config.VENUE_ID}`,
    SIGNATURE_TYPE.cosignature,
  );
  return WitnessModule.register({
    pool: site.pool,
    suite: noteSuite(profile),
    signer,
    keysOf: (origin) => {
      const logKey = origin.startsWith(`${config.INSTALLATION}/`) ? site.trust.logKey : null;
      const key = logKey === null ? null : noteKey(logKey, origin, SIGNATURE_TYPE.note);
      return key === null ? [] : [key];
    },
    clock,
    logger,
    trees: [
      { name: 'replica', tree: (origin, size) => Promise.resolve(site.replicas.find(origin)?.treeOf(size) ?? null) },
      // A replica refuses a forked log's pages, so its leaves come from the log itself: it must show what is under a head it signed.
      new TileSource(profile.hash, (origin) =>
        config.MAIN_URL === undefined ? null : `${config.MAIN_URL.replace(/\/+$/, '')}/log/${origin}`,
      ),
    ],
  });
}
