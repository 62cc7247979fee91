import type { Context, LotEvent } from '@app/contracts';
import { failed, ruleSetOf } from '../lot/index.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { type LotState, own } from '../kernel/state.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { replayActs } from './act-book.js';
import { actsAudience, listAudience } from './audience.js';
import { LIST_PART, sealedList } from './list.js';
import { zActs, zAnswerObjection } from './commands.js';
import { openDocumentObjections } from './selectors.js';

/**
 * 条例 22: the tenderer answers within three days. Until the lock no rule knows what was objected to, since it is kept sealed; from then on
 * only what the lock names is answered.
 */
function answer(state: LotState, { party, payload }: Of<typeof zAnswerObjection>, { at }: Context): Decision {
  const { objection, text } = payload;
  if (own(state.bidding.answers, objection) !== undefined) return refuse('E_ALREADY_DONE', 'it is answered');
  const isBeforeOpening = (state.previous ?? state.status) === 'SUBMISSION_CLOSED' || state.bidding.lockedAt === null;
  if (!isBeforeOpening) return refuse('WRONG_STATE', 'the opening has begun: an objection to it is another');
  if (state.bidding.lockedAt !== null && !openDocumentObjections(state).includes(objection))
    return refuse('NOT_FOUND', 'no objection to the document stands under this id');
  return accept([{ type: 'bidding.objection-answered', at, by: party, objection, text }]);
}

export const biddingCommands = {
  'bidding.answer-objection': command({
    schema: zAnswerObjection,
    roles: ['agency', 'tenderer'],
    states: ['SUBMISSION_OPEN', 'SUBMISSION_CLOSED', 'SUSPENDED'],
    assurance: 'certificate',
    decide: answer,
  }),
  'bidding.lock': command({
    schema: zNothing,
    secrets: { acts: zActs },
    roles: ['node'],
    states: ['SUBMISSION_OPEN'],
    assurance: 'node',
    // Until the list is published a node can say no more of it; the judge holds the keys for bids until it has judged this entry whole.
    makes: ['bidding.locked', 'lot.failed'],
    audience: { 'x:acts': actsAudience, [LIST_PART]: listAudience },
    decide: (state, { party, opened }, { at }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue locks the lot');
      // 电子招标投标办法 27, 29: at the deadline instant, never before; the opening follows at once.
      if (at < (state.setup.schedule?.deadline ?? '')) return refuse('E_TOO_EARLY', 'the deadline has not come');
      const read = zActs.safeParse(opened['acts']);
      if (!read.success) return refuse('E_INPUT', 'secrets.acts: missing');
      const acts = read.data;
      const { bids, dropped, objections } = replayActs(state, acts);
      const events: LotEvent[] = [{ type: 'bidding.locked', at, ...(objections.length === 0 ? {} : { objections }) }];
      const { bidsMin } = ruleSetOf(state).thresholds;
      // 招标投标法 28, 条例 44, 87号令 41: fewer than three, no opening (A-109, B-018, B-033); whose they are stays secret (招标投标法 22).
      if (bids.length < bidsMin)
        events.push(failed(at, 'LT3_SUBMITTED', `fewer than ${bidsMin} bids at the deadline; they stay sealed and are returned`));
      return accept(events, { list: sealedList(bids, acts, dropped) });
    },
  }),
} as const;
