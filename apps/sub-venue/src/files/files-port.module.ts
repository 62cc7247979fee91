import { BlobStore, FileSource, FolderBlobStore } from '@app/blobs';
import type { Config } from '@app/platform';
import { Module } from '@nestjs/common';
import { join } from 'node:path';
import { CONFIG } from '../core/tokens.js';
import { ReplicaModule } from '../replica/replica.module.js';
import { BidMirror } from './bid-mirror.js';
import { MainFiles } from './main-files.js';
import { SiteFiles } from './site-files.js';

/** A site's port of files: those that it mirrors, and those of the main venue. */
@Module({
  imports: [ReplicaModule],
  providers: [
    MainFiles,
    BidMirror,
    { provide: BlobStore, useFactory: ({ DATA_DIR }: Config) => new FolderBlobStore(join(DATA_DIR, 'mirrored')), inject: [CONFIG] },
    { provide: FileSource, useClass: SiteFiles },
  ],
  exports: [FileSource],
})
export class FilesPortModule {}
