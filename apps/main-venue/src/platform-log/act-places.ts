import type { BatchExtension } from '@app/ledger/store';
import { Contributes } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { LogChange, PutRow } from '../pipeline/projections.js';
import { Projection } from '../pipeline/projections.js';
import { COMMIT_ACTS, PlatformStream, zCommitActs } from './platform-stream.js';

const PLACE = 'place';

const TABLES: readonly BatchExtension[] = [
  {
    name: PLACE,
    columns: ['bytea[]', 'int[]', 'int[]'],
    sql: (source) => `
      UPDATE platform_act a SET batch_seq = s.c2, batch_index = s.c3 FROM ${source}
      WHERE a.batch_seq IS NULL AND a.commitment = s.c1`,
  },
];

/** Gives the acts of a batch their place in the platform log, in the transaction of the batch's entry. */
@Contributes(Projection)
@Injectable()
export class ActPlaces extends Projection {
  readonly tables = TABLES;

  project({ after, entries }: LogChange, put: PutRow): void {
    if (!(after instanceof PlatformStream)) return;
    for (const { header, publicFacts } of entries) {
      const read = header.type === COMMIT_ACTS ? zCommitActs.safeParse(publicFacts) : null;
      if (read?.success !== true) continue;
      for (const [index, commitment] of read.data.commitments.entries()) put(PLACE, [Buffer.from(commitment, 'hex'), header.seq, index]);
    }
  }
}
