import type { Answer, SignedCommand } from '@app/contracts';
import { isErrorCode } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { isPassing } from '../problems/problem.js';
import { SecurityLog } from '../problems/security-log.js';
import { CommandTaker } from './command-taker.js';

/** A signed command as `zSentCommand` leaves it: an object, and nothing more is known of it. */
export type SentCommand = Readonly<Record<string, unknown>>;

/** The one handler of commands, behind HTTP and behind the socket. A command carries its own signature: a login adds nothing to it. */
@Injectable()
export class CommandDesk {
  constructor(
    private readonly taker: CommandTaker,
    private readonly security: SecurityLog,
  ) {}

  /** `lot`: the one that the address names; the command must be for it. */
  async submit(sent: SentCommand, lot?: string): Promise<Answer> {
    const signed = sent as SentCommand & SignedCommand;
    const named: unknown = (signed as Partial<SignedCommand>).command?.lot;
    if (lot !== undefined && typeof named === 'string' && named !== lot)
      throw new DomainError('WRONG_LOG', `The command is for lot ${named}, the address for ${lot}.`);
    const answer = answered(await this.taker.submit(signed));
    this.security.answered(signed, answer);
    return answer;
  }

  answerOf(id: string): Promise<Answer> {
    return this.taker.answerOf(id);
  }
}

/** What says nothing of the command itself is no answer: a client sends the same command again. */
function answered(answer: Answer): Answer {
  const { outcome } = answer;
  if (!outcome.ok && isPassing(outcome.code) && isErrorCode(outcome.code)) throw new DomainError(outcome.code, outcome.message);
  return answer;
}
