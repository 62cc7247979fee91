import type { Answer, Outcome } from '@app/contracts';
import { signAnswers } from '@app/client';
import { TreeHasher } from '@app/ledger';
import { Inject, Injectable } from '@nestjs/common';
import { NODE_KEYS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';

/** The venue's signed word: one signature over the root of a group's outcomes, and each one's path to it. */
@Injectable()
export class AnswerSigner {
  constructor(
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'answer'>,
    private readonly hasher: TreeHasher,
  ) {}

  /** One answer for each outcome, in order. */
  sign(outcomes: readonly Outcome[]): Answer[] {
    return outcomes.length === 0 ? [] : signAnswers(this.hasher, this.keys.answer, outcomes);
  }
}
