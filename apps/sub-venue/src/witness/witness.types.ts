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

/** An answer of the C2SP interface: plain text, before any framework. */
export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}
