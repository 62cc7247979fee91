import { BlobsModule, BlobStore } from '@app/blobs';
import type { UploadLimits } from '@app/blobs';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { Clock, Ids } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { BidThread } from '@app/sealing/node';
import type { Pool } from 'pg';
import { join } from 'node:path';
import { CONFIG, LOGGER, POOL, PROFILE } from '../core/tokens.js';
import { BidOpener } from '../core/ports.js';
import { LotDoor } from './lot-door.js';
import { StoredBids } from './stored-bids.js';
import { UploadFacts } from './upload-facts.js';

const bytes = BlobsModule.register({
  inject: [CONFIG, POOL, Clock, Ids, LOGGER],
  useFactory: (config: Config, pool: Pool, clock: Clock, ids: Ids, logger: Logger) => ({
    folder: join(config.DATA_DIR, 'blobs'),
    pool,
    clock,
    ids,
    logger,
    door: new LotDoor(pool),
    limits: limitsOf(config),
  }),
});

const limitsOf = ({
  UPLOAD_BYTES_MAX,
  UPLOADS_OPEN_PER_PERSON_MAX,
  UPLOAD_BYTES_PER_PERSON_MAX,
  UPLOAD_BYTES_PER_LOT_MAX,
  UPLOAD_IDLE_MS_MAX,
}: Config): Partial<UploadLimits> => ({
  UPLOAD_BYTES_MAX,
  UPLOADS_OPEN_PER_PERSON_MAX,
  UPLOAD_BYTES_PER_PERSON_MAX,
  UPLOAD_BYTES_PER_LOT_MAX,
  UPLOAD_IDLE_MS_MAX,
});

/** Files of this venue: uploads in, ranges out, and what the lots' acts and duties need of them. */
@Module({
  imports: [bytes],
  providers: [
    { provide: UploadFacts, useFactory: (blobs: BlobStore) => new UploadFacts(blobs), inject: [BlobStore] },
    {
      provide: StoredBids,
      useFactory: (blobs: BlobStore, profile: CryptoProfile, logger: Logger) => new StoredBids(blobs, new BidThread(profile), logger),
      inject: [BlobStore, PROFILE, LOGGER],
    },
    { provide: BidOpener, useExisting: StoredBids },
  ],
  exports: [bytes, UploadFacts, BidOpener],
})
export class VenueBlobsModule implements OnApplicationShutdown {
  constructor(private readonly bids: StoredBids) {}

  onApplicationShutdown(): Promise<void> {
    return this.bids.close();
  }
}
