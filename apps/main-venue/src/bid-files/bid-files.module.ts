import { BlobStore } from '@app/blobs';
import { Module } from '@nestjs/common';
import type { CryptoProfile } from '@app/sealing';
import { PROFILE } from '../core/tokens.js';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { BidFiles } from './bid-files.js';
import { BidFilesController } from './bid-files.controller.js';

/** What was in the bids, once they are opened, for whoever the rules let read it. */
@Module({
  imports: [LotsModule, VenueBlobsModule],
  controllers: [BidFilesController],
  providers: [
    {
      provide: BidFiles,
      useFactory: (profile: CryptoProfile, blobs: BlobStore) => new BidFiles(profile, blobs),
      inject: [PROFILE, BlobStore],
    },
  ],
})
export class BidFilesModule {}
