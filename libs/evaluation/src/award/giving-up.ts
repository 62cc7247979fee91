import type { Context } from '@app/contracts';
import { accept, type Decision, refuse } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import type { Of } from '../kernel/fields.js';
import type * as commands from './commands.js';
import { evidenceOf } from './selectors.js';

/**
 * 放弃中标, or force majeure: the candidate's own word, under its certificate. Only who is published as a candidate or announced as the
 * winner may say it: the answer must not tell anybody else how they stand.
 */
export function giveUp(state: LotState, { party, payload: { cause } }: Of<typeof commands.zGiveUp>, { at }: Context): Decision {
  const { publicity, announced, passedOver } = state.award;
  const isPublished = publicity?.candidates.some(({ bidder }) => bidder === party) === true || announced?.winner === party;
  if (!isPublished) return refuse('FORBIDDEN', 'only a published candidate or the announced winner can give up');
  if (own(passedOver, party) !== undefined) return refuse('E_ALREADY_DONE', 'you were passed over');
  if (evidenceOf(state, party, cause, at) !== null) return refuse('E_ALREADY_DONE', 'this is on the record');
  return accept([{ type: 'award.given-up', at, bidder: party, cause }]);
}

/** 条例 55 被查实存在影响中标结果的违法行为: the authority's word, with the hash of its decision. */
export function findUnlawful(state: LotState, { party, payload }: Of<typeof commands.zFindUnlawful>, { at }: Context): Decision {
  const { bidder, document } = payload;
  if (!hasRole(state, bidder, 'bidder')) return refuse('E_INPUT', `bidder: ${bidder} is no bidder of this lot`);
  if (evidenceOf(state, bidder, 'UNLAWFUL', at) !== null) return refuse('E_ALREADY_DONE', 'this is on the record');
  return accept([{ type: 'award.unlawful-found', at, by: party, bidder, document }]);
}
