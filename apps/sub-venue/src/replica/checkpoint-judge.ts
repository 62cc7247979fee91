import type { LotState } from '@app/evaluation';
import type { CheckpointNote, NoteSuite, Policy, VerifierKey } from '@app/ledger';
import { evaluateCheckpoint, parseCheckpointNote, parsePolicy, SIGNATURE_TYPE, verifySignature } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { noteKey, noteSuite } from '@app/sealing';

/** What a site makes of a signed note. */
export interface Judged {
  readonly note: CheckpointNote;
  /** The log's own key signed it. */
  readonly isSigned: boolean;
  /** Its cosignatures make the quorum of the lot's witness policy (or the supervisor ordered to go on without, on the record). */
  readonly isQuorate: boolean;
}

export interface Judge {
  /** Throws LedgerFormatError when the text is no checkpoint note. */
  judge(text: string, state: LotState | null): Judged;
}

/**
 * Judges checkpoints for one log. The log's key is the one pinned at this site; the witness policy is the one that the lot
 * itself froze when it was published, so nobody can hand a site another one later.
 */
export class CheckpointJudge implements Judge {
  readonly #suite: NoteSuite;
  #policy: { readonly text: string; readonly policy: Policy | null } | null = null;

  constructor(
    profile: CryptoProfile,
    private readonly origin: string,
    /** Tagged public key that signs this installation's logs (see `encodePublicKey`); null while it is not known. */
    private readonly logKey: () => string | null,
  ) {
    this.#suite = noteSuite(profile);
  }

  judge(text: string, state: LotState | null): Judged {
    const note = parseCheckpointNote(text);
    const key = this.#key();
    const isMine = note.checkpoint.origin === this.origin;
    const isSigned = isMine && key !== null && note.signatures.some((line) => verifySignature(this.#suite, note.text, line, key) !== null);
    return { note, isSigned, isQuorate: isSigned && state !== null && this.#isQuorate(note, state) };
  }

  #isQuorate(note: CheckpointNote, state: LotState): boolean {
    const policy = this.#policyOf(state.setup.witnessPolicy);
    if (policy === null) return false;
    // Degraded mode exists by recorded order only (architecture §2): then the log's signature and this site's own check remain.
    const isDegraded = state.setup.orders.some((order) => order.kind === 'DEGRADED_QUORUM');
    return isDegraded || evaluateCheckpoint(this.#suite, policy, note).quorum;
  }

  /** A lot without a readable policy has no quorum: nothing is released there. */
  #policyOf(text: string): Policy | null {
    if (text === '') return null;
    if (this.#policy?.text !== text) {
      try {
        this.#policy = { text, policy: parsePolicy(this.#suite.hash, text) };
      } catch {
        this.#policy = { text, policy: null };
      }
    }
    return this.#policy.policy;
  }

  #key(): VerifierKey | null {
    const tagged = this.logKey();
    return tagged === null ? null : noteKey(tagged, this.origin, SIGNATURE_TYPE.note);
  }
}
