import { BlobStore } from '@app/blobs';
import { Module } from '@nestjs/common';
import type { CryptoProfile } from '@app/sealing';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { PROFILE } from '../core/tokens.js';
import { BidFiles } from './bid-files.js';

/** What was in the bids, once they are opened. */
@Module({
  imports: [VenueBlobsModule],
  providers: [
    {
      provide: BidFiles,
      useFactory: (profile: CryptoProfile, blobs: BlobStore) => new BidFiles(profile, blobs),
      inject: [PROFILE, BlobStore],
    },
  ],
  exports: [BidFiles],
})
export class BidFilesModule {}
