import type { ByteSpan } from '@app/blobs';
import { BlobStore, FileSource } from '@app/blobs';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { MainFiles } from './main-files.js';

/** Files for the seats of this site: what it mirrors from its own disk, everything else through from the main venue. */
@Injectable()
export class SiteFiles extends FileSource {
  constructor(
    private readonly mirrored: BlobStore,
    private readonly main: MainFiles,
  ) {
    super();
  }

  async size(hash: string): Promise<number | null> {
    return (await this.mirrored.size(hash)) ?? this.main.size(hash);
  }

  async open(hash: string, span?: ByteSpan): Promise<Readable | null> {
    return (await this.mirrored.open(hash, span)) ?? this.main.open(hash, span);
  }
}
