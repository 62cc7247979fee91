import type { BeforeApplicationShutdown, DynamicModule, FactoryProvider, ModuleMetadata, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Clock, Ids, Logger } from '@app/platform';
import type { Pool } from 'pg';
import { join } from 'node:path';
import { BlobsController } from './http/blobs.controller.js';
import type { UploadLimits } from './limits.js';
import { DEFAULT_UPLOAD_LIMITS } from './limits.js';
import { BlobStore } from './store/blob-store.js';
import { FileSource } from './store/file-source.js';
import { FolderBlobStore } from './store/folder-blob-store.js';
import { UploadCleaner } from './uploads/upload-cleaner.js';
import { UploadFiles } from './uploads/upload-files.js';
import { UploadLocks } from './uploads/upload-locks.js';
import { UploadRepository } from './uploads/upload.repository.js';
import { UploadsController } from './uploads/uploads.controller.js';
import type { UploadDoor } from './uploads/uploads.js';
import { Uploads } from './uploads/uploads.js';

/** What a venue gives for its bytes. */
export interface BlobsSetting {
  /** Folder of the blobs, with the unfinished uploads under it. */
  readonly folder: string;
  /** A database with the table `upload`. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly door: UploadDoor;
  readonly limits?: Partial<UploadLimits>;
}

const SETTING = Symbol('blobs setting');

/** Files by hash: resumable uploads in, ranges out. Exports {@link BlobStore}, the same as {@link FileSource}, and {@link Uploads}. */
@Module({})
export class BlobsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(UploadCleaner) private readonly cleaner: UploadCleaner) {}

  static register(setting: Pick<FactoryProvider<BlobsSetting>, 'useFactory' | 'inject'> & Pick<ModuleMetadata, 'imports'>): DynamicModule {
    return {
      module: BlobsModule,
      imports: setting.imports ?? [],
      controllers: [UploadsController, BlobsController],
      providers: [
        { provide: SETTING, useFactory: setting.useFactory, inject: setting.inject ?? [] },
        { provide: BlobStore, useFactory: ({ folder }: BlobsSetting) => new FolderBlobStore(folder), inject: [SETTING] },
        { provide: FileSource, useExisting: BlobStore },
        { provide: Uploads, useFactory: makeUploads, inject: [SETTING, BlobStore] },
        {
          provide: UploadCleaner,
          useFactory: ({ clock, logger, limits }: BlobsSetting, uploads: Uploads) =>
            new UploadCleaner(uploads, clock, logger, limits?.UPLOAD_CLEAN_UP_MS ?? DEFAULT_UPLOAD_LIMITS.UPLOAD_CLEAN_UP_MS),
          inject: [SETTING, Uploads],
        },
      ],
      exports: [BlobStore, FileSource, Uploads],
    };
  }

  onApplicationBootstrap(): void {
    this.cleaner.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.cleaner.close();
  }
}

/** The uploads of a venue over its blobs. */
function makeUploads(setting: BlobsSetting, blobs: BlobStore): Uploads {
  const { folder, pool, clock, ids, logger, door, limits } = setting;
  const repository = new UploadRepository(pool, clock);
  return new Uploads({
    limits: { ...DEFAULT_UPLOAD_LIMITS, ...limits },
    files: new UploadFiles(join(folder, 'uploads'), blobs, repository),
    locks: new UploadLocks(pool, clock),
    repository,
    door,
    clock,
    ids,
    logger,
  });
}
