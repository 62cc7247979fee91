import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { CheckpointLogNotes, CheckpointNotes } from './checkpoint-notes.js';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { SiteFilesController } from './site-files.controller.js';
import { HelloGate } from './hello-gate.js';
import { PageMaker } from './page-maker.js';
import { DatabaseSealedReader, SealedReader } from './sealed-reader.js';
import { SiteContext } from './site-context.js';
import { DatabaseVenueBook, VenueBook } from './venue-book.js';
import { VenueDeliveries } from './venue-deliveries.js';
import { RegistryVenues, VenueDirectory } from './venue-directory.js';
import { VenueLines } from './venue-lines.js';
import { VenuesGateway } from './venues.gateway.js';
import { VenuesService } from './venues.service.js';

/** The main venue's end of the lines to the sites. */
@Module({
  imports: [LogModule, PipelineModule, RegistryModule, VenueBlobsModule],
  controllers: [SiteFilesController],
  providers: [
    HelloGate,
    PageMaker,
    SiteContext,
    VenueDeliveries,
    VenueLines,
    VenuesGateway,
    VenuesService,
    { provide: CheckpointNotes, useClass: CheckpointLogNotes },
    { provide: SealedReader, useClass: DatabaseSealedReader },
    { provide: VenueBook, useClass: DatabaseVenueBook },
    { provide: VenueDirectory, useClass: RegistryVenues },
  ],
  exports: [VenueDirectory, VenuesService],
})
export class VenuesModule {}
