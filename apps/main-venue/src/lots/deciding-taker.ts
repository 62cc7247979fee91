import type { Answer, SignedCommand } from '@app/contracts';
import { DomainError, invariant } from '@app/platform';
import { CommandTaker } from '@app/venue';
import { LogStore } from '@app/ledger/store';
import { Injectable } from '@nestjs/common';
import { AnswerSigner } from '../pipeline/answer-signer.js';
import { outcomeOf } from '../pipeline/known-commands.js';
import { Pipeline } from '../pipeline/pipeline.types.js';

/** The main venue decides at once: nothing waits here. */
@Injectable()
export class DecidingTaker extends CommandTaker {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly store: LogStore,
    private readonly answers: AnswerSigner,
  ) {
    super();
  }

  submit(signed: SignedCommand): Promise<Answer> {
    return this.pipeline.submit(signed);
  }

  async answerOf(id: string): Promise<Answer> {
    const known = (await this.store.known([id])).get(id);
    if (known === undefined) throw new DomainError('NOT_FOUND', 'No command with this id has been decided here.');
    const [answer] = this.answers.sign([outcomeOf(known)]);
    invariant(answer !== undefined, 'one outcome has one answer');
    return answer;
  }

  onLate(): () => void {
    return () => undefined;
  }
}
