import { Module } from '@nestjs/common';
import type { Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { join } from 'node:path';
import { BlobReader } from '../core/ports.js';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { BlobsController } from './blobs.controller.js';
import { BlobStore } from './blob-store.js';

/** Uploaded ciphertexts. */
@Module({
  controllers: [BlobsController],
  providers: [
    {
      provide: BlobStore,
      useFactory: (config: Config, profile: CryptoProfile) => new BlobStore(join(config.DATA_DIR, 'blobs'), profile),
      inject: [CONFIG, PROFILE],
    },
    { provide: BlobReader, useExisting: BlobStore },
  ],
  exports: [BlobStore, BlobReader],
})
export class BlobsModule {}
