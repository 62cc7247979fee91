import type { Question } from '@app/contracts';
import { limitOf, type LotState, mayReadQuestions, own, zAsk } from '@app/evaluation';
import { DomainError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { SealedActs } from '../acts/sealed-acts.js';
import { POOL } from '../core/tokens.js';
import { readKept } from '../platform-log/earlier-acts.js';

/** Questions about the tender document (提疑) and objections to it (异议), out of the acts that are kept sealed until the lock. */
@Injectable()
export class BidQuestions {
  constructor(
    private readonly acts: SealedActs,
    @Inject(POOL) private readonly pool: Pool,
  ) {}

  /** In order of receipt, without who asked. Throws FORBIDDEN for whoever does not answer them. */
  async of(state: LotState, parties: readonly string[]): Promise<Question[]> {
    if (!parties.some((party) => mayReadQuestions({ party, roles: own(state.parties, party)?.roles ?? [] })))
      throw new DomainError('FORBIDDEN', 'Only the agency of the lot reads what is asked about the document.');
    const kept = await this.acts.ofLot(this.pool, state.origin);
    return kept.map(readKept).flatMap(({ command, at }): Question[] => {
      const { id, type, public: payload } = command;
      const said = type === 'bidding.ask' || type === 'bidding.object' ? zAsk.safeParse(payload) : null;
      if (said?.success !== true) return [];
      const { text } = said.data;
      if (type === 'bidding.ask') return [{ id, at, kind: 'question', text, due: null }];
      return [{ id, at, kind: 'objection', text, due: limitOf(state, 'objectionReply', at) }];
    });
  }
}
