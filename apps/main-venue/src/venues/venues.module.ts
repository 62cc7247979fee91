import type { PartCipher } from '@app/ledger/store';
import { LogStore } from '@app/ledger/store';
import { Problems } from '@app/venue';
import type { Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { CONFIG, LOGGER, NODE_KEYS, PART_CIPHER, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { LogModule } from '../log/log.module.js';
import { withCosignatures } from '../log/note-text.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { RegistryModule } from '../registry/registry.module.js';
import { RegistryFeed } from '../registry/live/registry-feed.js';
import { RegistryView } from '../registry/live/registry-view.js';
import { PageMaker } from './page-maker.js';
import { DatabaseSealedReader } from './sealed-reader.js';
import { DatabaseVenueBook } from './venue-book.js';
import type { KnownVenue } from './venue-lines.js';
import { VenuesGateway } from './venues.gateway.js';
import { VenuesService } from './venues.service.js';

const knownVenues = (registry: RegistryView): KnownVenue[] =>
  registry.venues.map(({ id, name, role }) => ({ id, name, role: role === 'main' || role === 'supervision' ? role : 'sub' }));

type Deps = [
  Config,
  CryptoProfile,
  NodeKeys,
  Pool,
  PartCipher,
  RegistryView,
  Pipeline,
  Clock,
  Logger,
  CheckpointLog,
  Problems,
  RegistryFeed,
];

const makeService = (
  ...[config, profile, keys, pool, cipher, registry, pipeline, clock, logger, log, problems, feed]: Deps
): VenuesService =>
  new VenuesService({
    installation: config.INSTALLATION,
    main: knownVenues(registry).find(({ id }) => id === config.VENUE_ID) ?? { id: config.VENUE_ID, name: config.VENUE_ID, role: 'main' },
    profile,
    keys,
    answerKey: keys.answer.publicKey,
    logKey: keys.log.publicKey,
    pipeline,
    reader: new DatabaseSealedReader(new LogStore(pool, cipher, profile.hashHex)),
    book: new DatabaseVenueBook(pool),
    maker: new PageMaker(cipher),
    nodeKey: (venue) => registry.nodeKey(venue),
    venues: () => knownVenues(registry),
    onRegistryChanged: (listener) => feed.onChanged(listener),
    checkpoints: {
      notesOf: async (origin) => {
        const notes = [await log.newestQuorum(origin), await log.newest(origin)];
        return [...new Set(notes.flatMap((checkpoint) => (checkpoint === null ? [] : [withCosignatures(checkpoint)])))];
      },
      onNote: (listener) => log.onCheckpoint(listener),
    },
    clock,
    logger,
    problems,
  });

/** The main venue's end of the lines to the sites. Others take {@link VenuesService} for barriers and checkpoints. */
@Module({
  imports: [LogModule, PipelineModule, RegistryModule],
  providers: [
    {
      provide: VenuesService,
      useFactory: makeService,
      inject: [CONFIG, PROFILE, NODE_KEYS, POOL, PART_CIPHER, RegistryView, Pipeline, Clock, LOGGER, CheckpointLog, Problems, RegistryFeed],
    },
    VenuesGateway,
  ],
  exports: [VenuesService],
})
export class VenuesModule {}
