import { BlobStore } from '@app/blobs';
import { Module } from '@nestjs/common';
import type { CryptoProfile } from '@app/sealing';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { PROFILE } from '../core/tokens.js';
import { BidParts } from './bid-parts.js';

/** What was in the bids, once they are opened. */
@Module({
  imports: [VenueBlobsModule],
  providers: [
    {
      provide: BidParts,
      useFactory: (profile: CryptoProfile, blobs: BlobStore) => new BidParts(profile, blobs),
      inject: [PROFILE, BlobStore],
    },
  ],
  exports: [BidParts],
})
export class BidPartsModule {}
