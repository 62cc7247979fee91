import type { Policy } from '@app/ledger';

/** Limits of the log module; each is a default that a test may change. */
export const LOG_DEFAULTS = {
  /** At most one checkpoint of a log in this time. */
  beatMs: 1_000,
  /** From the first entry after a pause to its checkpoint: lets a group commit finish, keeps a waiting person waiting little. */
  settleMs: 25,
  witnessTimeoutMs: 3_000,
  /** Requests under way to one witness. */
  witnessRequestsMax: 8,
  /** A witness that fails is asked again after this time, doubled each time up to the second. */
  retryFirstMs: 1_000,
  retryMs: 30_000,
  /** Leaves of all trees held in memory, 64 bytes each. */
  treeLeavesMax: 2_000_000,
  /** Requests of the comparison at start; a witness that does not answer is compared when it does. */
  compareTimeoutMs: 2_000,
} as const;
export type LogLimits = { readonly [name in keyof typeof LOG_DEFAULTS]: number };
/** LogLimits in force. */
export const LOG_LIMITS = Symbol('LogLimits');
/** NoteSuite of the installation's profile. */
export const NOTE_SUITE = Symbol('NoteSuite');

/** A checkpoint with what is known of it. */
export interface SignedCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** The log's own note, without cosignatures. */
  readonly note: string;
  readonly signedAt: string;
  /** Signature lines by the witness's name in the policy. */
  readonly cosignatures: ReadonlyMap<string, string>;
  /** When the cosignatures first made a quorum; null before. */
  readonly quorumAt: string | null;
}

/**
 * Told after a checkpoint is stored, and again after each cosignature that it gains. `note` carries the cosignatures so far.
 * Must not throw.
 */
export type CheckpointListener = (
  origin: string,
  note: string,
  cosignedBy: readonly string[],
  facts: { readonly size: number; readonly quorum: boolean },
) => void;

/** Whose cosignatures a log needs: the policy frozen in the lot at publication, before it and for other logs the standing one. */
export abstract class WitnessPolicies {
  abstract policyOf(origin: string): Promise<Policy>;
  /** The installation's policy: the standing witnesses, and a quorum of their majority. */
  abstract standingText(origin: string): string;
  /** Text to be frozen in a lot at its publication; of a log that is no lot's yet, the installation's. */
  abstract textToFreeze(origin: string): Promise<string>;
  /** Witnesses to compare with at start. */
  abstract standing(): readonly WitnessAddress[];
}

/** A witness that can be asked. `url` is its submission prefix without a final slash. */
export interface WitnessAddress {
  readonly name: string;
  readonly url: string;
}
