import type { Binding, LotState, Pool, RecordedAct } from '@app/evaluation';

/** What the node's duties need of the rest of the venue. */

/** Acts before the deadline, as the platform log keeps them. */
export abstract class ActRecords {
  /**
   * Every act of the lot in order of receipt, each with its place in the platform log. Writes what still waits there first, so
   * that nothing is left behind at the deadline.
   */
  abstract settled(origin: string): Promise<RecordedAct[]>;
}

/** Uploaded ciphertexts. */
export abstract class BlobReader {
  /** Null when there is no complete file of this hash. */
  abstract read(hash: string): Promise<Uint8Array | null>;
}

/** The expert pool (评标专家库) and whoever calls the drawn. */
export abstract class ExpertPool {
  /** Snapshot for a lot: pseudonyms of active experts whom no recusal rule hits. */
  abstract snapshot(state: LotState): Promise<Pool>;
  /**
   * Calls a drawn expert; null while there is no outcome yet. Whoever accepts is bound as `party` and gets a seat at `venue`.
   */
  abstract contact(state: LotState, candidate: string, party: string, venue: string): Promise<ContactResult | null>;
}

export interface ContactResult {
  readonly outcome: 'ACCEPTED' | 'DECLINED' | 'TIMEOUT' | 'RECUSED';
  readonly reason: string | null;
  /** Hash of the call's or message's record. */
  readonly evidence: string | null;
  readonly seat: string | null;
  readonly binding: Binding | null;
}

/** Newest checkpoint of a log that a quorum of its witnesses cosigned. */
export abstract class QuorumSource {
  /** Entries that it covers; 0 when there is none. */
  abstract witnessed(origin: string): number | Promise<number>;
  /** Tells when it grew; returns how to stop listening. */
  abstract onWitnessed(listener: (origin: string) => void): () => void;
}
