import type { SentEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { Replica } from './replica.js';

export interface ReplicaEvents {
  /** Entries were folded; `run` has them all. */
  folded(replica: Replica, entries: readonly SentEntry[], run: LotRun): void;
  /** Parts were opened or erased: whoever folded this lot folds it again from the start. */
  refolded(replica: Replica, run: LotRun): void;
  /** More entries stand under a checkpoint, or under one with the quorum. */
  checked(replica: Replica): void;
  /** The main venue signed something else than it sent: a human must look. */
  broken(replica: Replica, reason: string): void;
}
