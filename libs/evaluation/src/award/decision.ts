import type { Context, JsonObject, JsonValue, LotEvent } from '@app/contracts';
import { limitOf, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { decimal } from '../kernel/decimal.js';
import { accept, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { reviewResult } from '../review/index.js';
import { openedBidders } from '../opening/index.js';
import { candidatesOf, resultOf } from '../scoring/index.js';
import { type Of, zMoney, type zNothing } from '../kernel/fields.js';
import { zDecision } from './commands.js';
import { type Award, awardOf, isSeparated, openObjections } from './selectors.js';
import type * as commands from './commands.js';
import { awardMethodOf } from './methods/index.js';

/** What makes an award known to whoever may know it before the announcement. */
export const awarded = (award: Award, at: string): { event: LotEvent; derived: JsonObject } => ({
  event: { type: 'award.decided', at },
  derived: { ...award },
});

/**
 * 定标 by rank: the first candidate; another only where everyone before him gave up, can not perform, gave no performance security or
 * acted unlawfully (条例 55). Gov: the purchaser fixes the first candidate from the accepted report (87号令 68).
 */
export function decideAward(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const fault = awardTimeFault(state);
  if (fault !== null) return fault;
  if (isSeparated(state)) return refuse('FORBIDDEN', 'the award committee votes on this award');
  const read = zDecision.safeParse(asked.opened['decision']);
  if (!read.success) return refuse('E_INPUT', 'secrets.decision: missing');
  const { winner, reason, passedOver } = read.data;
  const ranked = candidatesOf(state);
  const chosen = ranked.find((candidate) => candidate.party === winner);
  if (chosen === undefined) return refuse('E_INPUT', `secrets.decision.winner: ${winner} is no candidate`);
  if (own(state.award.passedOver, winner) !== undefined) return refuse('E_INPUT', `secrets.decision.winner: ${winner} was passed over`);
  const better = ranked.filter(({ party, rank }) => rank < chosen.rank && own(state.award.passedOver, party) === undefined);
  const unexplained = better.find(({ party }) => !passedOver.some((one) => one.bidder === party));
  if (unexplained !== undefined)
    return refuse('E_REASON_REQUIRED', `${unexplained.party} ranks before ${winner}: only a legal cause passes him over`);
  const needless = passedOver.find((one) => !better.some(({ party }) => party === one.bidder));
  if (needless !== undefined) return refuse('E_INPUT', `secrets.decision.passedOver: ${needless.bidder} does not rank before ${winner}`);
  const name = own(state.opening.names, winner) ?? winner;
  const { event, derived } = awarded(
    { v: 1, winner, name, price: chosen.price, method: tenderRulesOf(state).award.kind, reason, passedOver },
    context.at,
  );
  const opening: LotEvent[] = state.status === 'REPORT_REVIEW' ? [{ type: 'award.opened', at: context.at }] : [];
  return accept([...opening, event], { award: derived });
}

/** Awards are decided when the publicity is over, or under gov when the report is accepted; never while an objection is open. */
function awardTimeFault(state: LotState): Refused | null {
  if (state.status === 'REPORT_REVIEW') {
    if (ruleSetOf(state).candidatePublicity) return refuse('WRONG_STATE', 'candidates are published first');
    if (state.report.reviewed?.outcome !== 'ACCEPTED') return refuse('WRONG_STATE', 'the purchaser has not accepted the report');
  }
  return openObjections(state).length > 0 ? refuse('E_OBJECTION_OPEN', 'an objection is not answered') : null;
}

/** 招标投标法 45, 87号令 69: the winner gets his notice and all others the result, at the same moment; losers with score, rank and reasons. */
export function announce(state: LotState, _asked: Of<typeof zNothing>, context: Context): Decision {
  if (state.award.announced !== null) return refuse('E_ALREADY_DONE', 'the result is announced');
  const award = awardOf(state);
  if (award === null || state.award.decided === null) return refuse('WRONG_STATE', 'the award is not decided');
  if (openObjections(state).length > 0) return refuse('E_OBJECTION_OPEN', 'an objection is not answered');
  const due = limitOf(state, 'resultAnnouncement', state.award.decided.at);
  const derived: Record<string, JsonValue> = {};
  for (const bidder of openedBidders(state)) derived[`notice:${bidder}`] = notice(state, award, bidder);
  return accept(
    [{ type: 'award.announced', at: context.at, winner: award.winner, price: award.price, late: due !== null && context.at > due }],
    derived,
  );
}

/** 中标通知书 for the winner, 结果通知书 for the others; part `d:notice:<bidder>`. */
function notice(state: LotState, award: Award, bidder: string): JsonObject {
  const row = resultOf(state)?.rows.find((one) => one.party === bidder);
  const rejection = reviewResult(state)?.rejected.find((one) => one.bidder === bidder);
  return {
    v: 1,
    kind: bidder === award.winner ? 'AWARD_NOTICE' : 'RESULT_NOTICE',
    lot: state.lot,
    code: state.setup.code,
    name: state.setup.name,
    bidder,
    winner: award.winner,
    winnerName: award.name,
    price: award.price,
    own: row === undefined ? null : { total: row.total, rank: row.rank, price: row.price },
    rejected:
      rejection === undefined
        ? null
        : { grounds: rejection.grounds, reasons: rejection.reasons.map(({ item, ground, reason }) => ({ item, ground, reason })) },
  };
}

/** 条例 55: a winner who gives up or fails the law is passed over; the award is decided anew. */
export function passOver(state: LotState, asked: Of<typeof commands.zPassOver>, context: Context): Decision {
  const award = awardOf(state);
  if (award === null) return refuse('WRONG_STATE', 'there is no winner');
  return accept([{ type: 'award.passed-over', at: context.at, bidder: award.winner, cause: asked.payload.cause }]);
}

/** 招标投标法 46: within thirty days of the notice, on the terms of the tender and the bid. */
export function recordContract(state: LotState, asked: Of<typeof commands.zRecordContract>, context: Context): Decision {
  const { announced } = state.award;
  const { hash, price, signedAt } = asked.payload;
  if (announced === null) return refuse('WRONG_STATE', 'the result is not announced');
  // 质疑: while one is not answered, nothing is signed.
  if (openObjections(state).length > 0) return refuse('E_OBJECTION_OPEN', 'a challenge is not answered');
  const money = zMoney.safeParse(price);
  if (!money.success) return refuse('E_INPUT', `price: ${firstIssue(money.error)}`);
  if (!decimal(price).eq(announced.price)) return refuse('E_INPUT', `price: the bid that won says ${announced.price}`);
  if (signedAt < announced.at) return refuse('E_INPUT', 'signedAt: lies before the notice');
  if (signedAt > context.at) return refuse('E_INPUT', 'signedAt: lies in the future');
  const due = limitOf(state, 'contract', announced.at);
  return accept([{ type: 'award.contract-recorded', at: context.at, hash, price, signedAt, late: due !== null && signedAt > due }]);
}

/** 归档: the package of the whole lot by its hash; nothing is added to the log after it. */
export const archive = (_state: LotState, asked: Of<typeof commands.zArchive>, context: Context): Decision =>
  accept([{ type: 'award.archived', at: context.at, package: asked.payload.package, size: asked.payload.size }]);

/** Members the tender document plans for the award committee. */
export function awardCommitteeSize(state: LotState): number {
  const { award } = tenderRulesOf(state);
  return awardMethodOf(award).committeeSize(award);
}
