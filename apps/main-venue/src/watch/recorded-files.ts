import { FolderBlobStore } from '@app/blobs';
import type { Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { CONFIG } from '../core/tokens.js';

/**
 * Where files of recordings lie at the main venue: apart from what everybody with a session may ask for by its hash, since a landing is no ciphertext and says
 * who sat where.
 */
@Injectable()
export class RecordedFiles {
  readonly landings: FolderBlobStore;
  readonly segments: FolderBlobStore;

  constructor(@Inject(CONFIG) { DATA_DIR }: Pick<Config, 'DATA_DIR'>) {
    this.landings = new FolderBlobStore(join(DATA_DIR, 'recordings', 'landings'));
    this.segments = new FolderBlobStore(join(DATA_DIR, 'recordings', 'segments'));
  }
}
