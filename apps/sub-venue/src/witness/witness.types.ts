import type { MerkleTree } from '@app/ledger';

/**
 * Where leaves of a log can be had to prove a contradiction: this site's replica, the log's own public tiles. Answers trees
 * of at least `size` leaves, or none; what they say is checked against signed heads.
 */
export interface TreeSource {
  readonly name: string;
  /** Whether asking it costs nothing beyond this site: the others are not asked about heads that anybody may send again and again. */
  readonly isNear: boolean;
  tree(origin: string, size: number): Promise<MerkleTree | null>;
}
/** Name of the provider of the {@link TreeSource}s, in the order in which they are asked. */
export const TREE_SOURCES = Symbol('TreeSources');

/** Why a head is not cosigned: the entries under it are not all here yet, or this site's judge found something wrong in them. */
export interface Lack {
  readonly isWrong: boolean;
  readonly reason: string;
}

/** What this site knows of the entries under a head. */
export abstract class JudgedLogs {
  /**
   * Null when the entries are here and good, or the site follows no log of this name. `firstSeenAt`: when this witness first saw a head of the
   * log by its own clock, null: now.
   */
  abstract lack(origin: string, size: number, firstSeenAt: string | null): Lack | null;
  /** Waits a little for entries that are on their way; no longer than until they are here or something is found wrong. */
  abstract arrival(origin: string, size: number): Promise<void>;
}

/** An answer of the C2SP interface: plain text, before any framework. */
export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}
