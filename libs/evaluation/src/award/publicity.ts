import type { Context, LotEvent } from '@app/contracts';
import { limitOf, ruleSetOf } from '../lot/index.js';
import { accept, type Decision, refuse } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import type { zNothing } from '../kernel/fields.js';
import { type Of } from '../kernel/fields.js';
import { challengeEnd, isSeparated, openObjections, publishedCandidates } from './selectors.js';
import type * as commands from './commands.js';

/** 条例 54: within three days of the report, for at least three days; ranked, or unranked where the tenderer chooses among them. */
export function publishCandidates(state: LotState, asked: Of<typeof commands.zPublishCandidates>, context: Context): Decision {
  const rules = ruleSetOf(state);
  if (!rules.candidatePublicity) return refuse('WRONG_STATE', 'this regime publishes the result, not candidates');
  if (state.report.reviewed?.outcome !== 'ACCEPTED') return refuse('WRONG_STATE', 'the tenderer has not accepted the report');
  if (isSeparated(state) && !rules.separationAllowed) {
    return refuse('E_SEPARATION_NOT_ALLOWED', `the rules of ${rules.jurisdiction} give the award to rank 1`);
  }
  const candidates = publishedCandidates(state);
  if (candidates.length === 0) return refuse('WRONG_STATE', 'there is no candidate');
  const earliest = limitOf(state, 'publicity', context.at) ?? context.at;
  const until = asked.payload.until ?? earliest;
  if (until < earliest) return refuse('E_PUBLICITY_SHORT', `the publicity lasts until ${earliest} at least`);
  const due = limitOf(state, 'reportToPublicity', state.report.deliveredAt ?? context.at);
  const late = due !== null && context.at > due;
  const published: LotEvent = {
    type: 'award.candidates-published',
    at: context.at,
    until,
    late,
    candidates: candidates.map((candidate) => ({ ...candidate })),
  };
  return accept([published]);
}

/** Tender law: an objection to the result while candidates are published (条例 54). Gov: a challenge after the announcement (政府采购法 52). */
export function object(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  if (state.award.objections.some((one) => one.id === asked.id)) return refuse('E_ALREADY_DONE', 'this objection is on the record');
  const end = objectionEnd(state);
  if (end === null) return refuse('WRONG_STATE', 'nothing is published that could be objected to');
  if (context.at >= end) return refuse('E_DEADLINE_PASSED', `objections were possible until ${end}`);
  const replyDue = limitOf(state, 'objectionReply', context.at) ?? end;
  return accept([{ type: 'award.objected', id: asked.id, by: asked.party, at: context.at, replyDue }]);
}

/** Until when the result can be objected to; null when nothing is open to objection. */
function objectionEnd(state: LotState): string | null {
  if (state.status === 'CANDIDATE_PUBLICITY') return state.award.publicity?.until ?? null;
  return challengeEnd(state);
}

/** 条例 54: answered within three days, and the procedure rests until then. A late answer counts, and is marked. */
export function answerObjection(state: LotState, asked: Of<typeof commands.zAnswerObjection>, context: Context): Decision {
  const { objection: id, upheld } = asked.payload;
  const objection = state.award.objections.find((one) => one.id === id);
  if (objection === undefined) return refuse('E_INPUT', 'objection: there is none of this id');
  if (objection.answered !== null) return refuse('E_ALREADY_DONE', 'this objection is answered');
  return accept([{ type: 'award.objection-answered', id, at: context.at, upheld, late: context.at > objection.replyDue }]);
}

export function closePublicity(state: LotState, _asked: Of<typeof zNothing>, context: Context): Decision {
  const until = state.award.publicity?.until ?? context.at;
  if (context.at < until) return refuse('E_PUBLICITY_SHORT', `the publicity lasts until ${until}`);
  if (openObjections(state).length > 0) return refuse('E_OBJECTION_OPEN', 'an objection is not answered: the procedure rests');
  if (state.award.objections.some((one) => one.answered?.upheld === true)) {
    return refuse('E_OBJECTION_OPEN', 'an objection was upheld: the evaluation must be looked at again');
  }
  return accept([{ type: 'award.publicity-closed', at: context.at }]);
}
