import type { OnModuleInit } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Clock } from '@app/platform';
import { ActsModule } from '../acts/acts.module.js';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { ActRecords } from '../core/ports.js';
import { LogModule } from '../log/log.module.js';
import { LogWriters } from '../pipeline/log-writers.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { ActOrder } from './act-order.js';
import { ActPlaces } from './act-places.js';
import { ActRate } from './act-rate.js';
import { BidActs } from './bid-acts.js';
import { EarlierActs } from './earlier-acts.js';
import { LotHeads } from './lot-heads.js';
import { PlatformBeat } from './platform-beat.js';
import { PlatformEntries } from './platform-entries.js';
import { PlatformKind } from './platform-kind.js';
import { ReceiptsController } from './receipts.controller.js';
import { WebBundleController } from './web-bundle.controller.js';
import { WebBundleEntries } from './web-bundle-entries.js';

/** The platform log and what it commits to: acts before the deadline, changes of the registry, heads of lots, and the web client. */
@Module({
  imports: [ActsModule, LogModule, VenueBlobsModule, PipelineModule],
  controllers: [ReceiptsController, WebBundleController],
  providers: [
    ActOrder,
    ActPlaces,
    ActRate,
    BidActs,
    EarlierActs,
    LotHeads,
    PlatformBeat,
    PlatformEntries,
    PlatformKind,
    WebBundleEntries,
    { provide: ActRecords, useExisting: BidActs },
  ],
  exports: [ActRecords, LotHeads, PlatformEntries],
})
export class PlatformLogModule implements OnModuleInit {
  constructor(
    private readonly writers: LogWriters,
    private readonly kind: PlatformKind,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.writers.open({ origin: this.kind.origin, lot: null, round: null }, this.clock.instant());
  }
}
