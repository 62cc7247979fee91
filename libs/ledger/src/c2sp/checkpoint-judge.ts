import type { CheckpointNote } from './checkpoint.js';
import { parseCheckpointNote } from './checkpoint.js';
import type { NoteSuite, VerifierKey } from './keys.js';
import type { Policy } from './policy.js';
import { evaluateCheckpoint, parsePolicy, quorumSince, quorumSize } from './policy.js';
import { verifySignature } from './signature.js';

/** What a log itself says of its witnesses. */
export interface WitnessRules {
  /** The tlog-policy that the log froze; empty before it did. */
  readonly policy: string;
  /** A recorded order lets the log go on without the quorum. */
  readonly isDegraded: boolean;
}

/** What a reader makes of a signed note. Everything here is computed from the note, the log's key and the frozen policy. */
export interface Judged {
  readonly note: CheckpointNote;
  /** It names this log, and the log's own key signed it. */
  readonly isSigned: boolean;
  /** Witnesses of the policy whose cosignature verifies. Empty while the log did not sign. */
  readonly cosigned: readonly string[];
  /** Fewest witnesses that can make the quorum, and how many the policy names. */
  readonly quorum: number;
  readonly witnesses: number;
  /** Those who cosigned make the quorum of the policy. */
  readonly isWitnessed: boolean;
  /** As `isWitnessed`, or the log signed and an order on the record lets it go on without. */
  readonly isQuorate: boolean;
  /**
   * Second since which a quorum stands under the note, by the witnesses' clocks; `until` where the log asks nobody, or goes on without by
   * order; null without a quorum.
   */
  readonly witnessedAt: number | null;
}

export interface Judge {
  /** Throws LedgerFormatError when the text is no checkpoint note. `rules` null: no quorum is known, so there is none. */
  /** `until`: second after which no cosignature counts for `witnessedAt`: the reader's clock, and what others may be ahead. */
  judge(text: string, rules: WitnessRules | null, until?: number): Judged;
}

/**
 * Judges checkpoints of one log. The log's key is known from elsewhere; the witness policy is the one that the log itself froze, so
 * nobody can hand a reader another one later. Sites and browsers believe the same notes because both ask here.
 */
export class CheckpointJudge implements Judge {
  #policy: { readonly text: string; readonly policy: Policy | null } | null = null;

  constructor(
    private readonly suite: NoteSuite,
    private readonly origin: string,
    /** Key that signs this log's checkpoints; null while it is not known. */
    private readonly logKey: () => VerifierKey | null,
  ) {}

  judge(text: string, rules: WitnessRules | null, until = Number.MAX_SAFE_INTEGER): Judged {
    const note = parseCheckpointNote(text);
    const key = this.logKey();
    const isMine = note.checkpoint.origin === this.origin;
    const isSigned = isMine && key !== null && note.signatures.some((line) => verifySignature(this.suite, note.text, line, key) !== null);
    const policy = rules === null ? null : this.#policyOf(rules.policy);
    const verdict = isSigned && policy !== null ? evaluateCheckpoint(this.suite, policy, note) : null;
    const isWitnessed = verdict?.quorum ?? false;
    const isQuorate = isWitnessed || (isSigned && policy !== null && rules?.isDegraded === true);
    const quorum = policy === null ? 0 : quorumSize(policy);
    const asksNobody = quorum === 0 || rules?.isDegraded === true;
    return {
      note,
      isSigned,
      cosigned: verdict?.witnesses.map(({ name }) => name) ?? [],
      quorum,
      witnesses: policy?.witnesses.length ?? 0,
      isWitnessed,
      isQuorate,
      witnessedAt:
        isQuorate && asksNobody ? until : verdict === null || policy === null ? null : quorumSince(policy, verdict.witnesses, until),
    };
  }

  /** A log without a readable policy has no quorum: nothing is released there, and nothing is green. */
  #policyOf(text: string): Policy | null {
    if (text === '') return null;
    if (this.#policy?.text !== text) {
      try {
        this.#policy = { text, policy: parsePolicy(this.suite.hash, text) };
      } catch {
        this.#policy = { text, policy: null };
      }
    }
    return this.#policy.policy;
  }
}
