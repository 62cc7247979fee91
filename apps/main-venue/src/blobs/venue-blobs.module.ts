import { BlobsModule, BlobStore } from '@app/blobs';
import type { UploadLimits } from '@app/blobs';
import { Module } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { Clock, Ids } from '@app/platform';
import type { Pool } from 'pg';
import { join } from 'node:path';
import { CONFIG, LOGGER, POOL } from '../core/tokens.js';
import { BlobReader } from '../core/ports.js';
import { LotDoor } from './lot-door.js';
import { UploadFacts } from './upload-facts.js';
import { WholeBlobs } from './whole-blobs.js';

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
    { provide: BlobReader, useFactory: (blobs: BlobStore) => new WholeBlobs(blobs), inject: [BlobStore] },
  ],
  exports: [bytes, UploadFacts, BlobReader],
})
export class VenueBlobsModule {}
