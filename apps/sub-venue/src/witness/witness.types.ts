import type { MerkleTree, NoteSigner, NoteSuite, VerifierKey } from '@app/ledger';
import type { Clock, Logger } from '@app/platform';
import type pg from 'pg';

/**
 * Where leaves of a log can be had to prove a contradiction: this site's replica, the log's own public tiles. Answers trees
 * of at least `size` leaves, or none; what they say is checked against signed heads.
 */
export interface TreeSource {
  readonly name: string;
  tree(origin: string, size: number): Promise<MerkleTree | null>;
}

/** What a witness is made of. */
export interface WitnessOptions {
  readonly pool: pg.Pool;
  readonly suite: NoteSuite;
  /** Key of type cosignature, `<installation>/witness/<venue>`. */
  readonly signer: NoteSigner;
  /** Keys trusted to sign checkpoints of a log; none: this witness does not know the log. */
  readonly keysOf: (origin: string) => readonly VerifierKey[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly trees?: readonly TreeSource[];
  /** Suspicions kept per log; see SUSPICIONS_MAX. */
  readonly suspicionsMax?: number;
}

/** An answer of the C2SP interface: plain text, before any framework. */
export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}
