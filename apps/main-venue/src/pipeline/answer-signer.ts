import type { Answer, Outcome } from '@app/contracts';
import { signAnswers } from '@app/client';
import type { TreeHasher } from '@app/ledger';
import type { LocalSigner } from '@app/sealing';

/** The venue's signed word: one signature over the root of a group's outcomes, and each one's path to it. */
export class AnswerSigner {
  constructor(
    private readonly signer: LocalSigner,
    private readonly hasher: TreeHasher,
  ) {}

  get publicKey(): string {
    return this.signer.publicKey;
  }

  /** One answer for each outcome, in order. */
  sign(outcomes: readonly Outcome[]): Answer[] {
    return outcomes.length === 0 ? [] : signAnswers(this.hasher, this.signer, outcomes);
  }
}
