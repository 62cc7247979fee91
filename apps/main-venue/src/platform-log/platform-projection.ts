import type { BatchExtension } from '@app/ledger/store';
import { zCommitActs } from './platform-stream.js';

/** Gives the acts of a batch their place in the platform log, in the transaction of the batch's entry. */
export const PLATFORM_EXTENSION: BatchExtension = {
  name: 'place',
  columns: ['bytea[]', 'int[]', 'int[]'],
  sql: (source) => `
    UPDATE platform_act a SET batch_seq = s.c2, batch_index = s.c3 FROM ${source}
    WHERE a.batch_seq IS NULL AND a.commitment = s.c1`,
};

/** Rows of {@link PLATFORM_EXTENSION} of one entry. */
export function placeRows(seq: number, payload: unknown): unknown[][] {
  const read = zCommitActs.safeParse(payload);
  if (!read.success) return [];
  return read.data.commitments.map((commitment, index) => [Buffer.from(commitment, 'hex'), seq, index]);
}
