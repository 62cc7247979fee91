import {
  CommandsModule,
  CommandTaker,
  DeskStore,
  FolderDesks,
  HealthModule,
  InstallationModule,
  LotsModule as SharedLotsModule,
  LotSource,
  Readiness,
  VenueLines,
} from '@app/venue';
import type { Config } from '@app/platform';
import { Module } from '@nestjs/common';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { ArchiveController } from '../archive/archive.controller.js';
import { ArchiveModule } from '../archive/archive.module.js';
import { CONFIG, POOL } from '../core/tokens.js';
import { MainReadiness } from '../http/main-readiness.js';
import { MainLines } from '../installation/main-lines.js';
import { LogModule } from '../log/log.module.js';
import { PartyMarks } from '../pipeline/party-marks.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { QuestionsController } from '../questions/questions.controller.js';
import { QuestionsModule } from '../questions/questions.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { AccessController } from '../watch/access.controller.js';
import { RecordingsController } from '../watch/recordings.controller.js';
import { WatchModule } from '../watch/watch.module.js';
import { DecidingTaker } from './deciding-taker.js';
import { LotDirectory } from './lot-directory.js';
import { PlatformCommandsController } from './platform-commands.controller.js';
import { StoredLots } from './stored-lots.js';

/** What the main venue brings to the shared edge: its store, its pipeline, its lines. */
@Module({
  imports: [LogModule, PipelineModule, RegistryModule, VenuesModule],
  providers: [
    { provide: LotDirectory, useFactory: (pool: Pool, marks: PartyMarks) => new LotDirectory(pool, marks), inject: [POOL, PartyMarks] },
    { provide: LotSource, useClass: StoredLots },
    { provide: CommandTaker, useClass: DecidingTaker },
    { provide: DeskStore, useFactory: ({ DATA_DIR }: Config) => new FolderDesks(join(DATA_DIR, 'desks')), inject: [CONFIG] },
    { provide: VenueLines, useClass: MainLines },
    { provide: Readiness, useClass: MainReadiness },
  ],
  exports: [LotSource, CommandTaker, DeskStore, VenueLines, Readiness],
})
class EdgePortsModule {}

const commands = CommandsModule.over([EdgePortsModule]);
const lots = SharedLotsModule.over([EdgePortsModule, commands]);

/** The edge of the main venue: the modules that every venue has, over its ports, and what only the authority serves. */
@Module({
  imports: [
    ArchiveModule,
    QuestionsModule,
    WatchModule,
    commands,
    lots,
    InstallationModule.over([EdgePortsModule]),
    HealthModule.over([EdgePortsModule]),
  ],
  controllers: [PlatformCommandsController, ArchiveController, QuestionsController, AccessController, RecordingsController],
})
export class LotsModule {}
