import type { Context, JsonObject, JsonValue, LotEvent } from '@app/contracts';
import { limitEnd } from '../law/limit.js';
import { limitOf, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { decimal } from '../kernel/decimal.js';
import { accept, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { rejectedLater } from '../motions/index.js';
import { expiredFault, reviewResult } from '../review/index.js';
import { openedBidders } from '../opening/index.js';
import { candidatesOf, resultOf } from '../scoring/index.js';
import { heldSecurities } from '../security/index.js';
import { type Of, zMoney, type zNothing } from '../kernel/fields.js';
import { type PassOverCause, zDecision } from './commands.js';
import { type Award, awardOf, deemedFrom, evidenceOf, isRankBound, isStanding, isVoted, openObjections } from './selectors.js';
import type * as commands from './commands.js';
import { awardMethodOf } from './methods/index.js';

/** What makes an award known to whoever may know it before the announcement. */
export const awarded = (award: Award, at: string, deemed = false): { event: LotEvent; derived: JsonObject } => ({
  event: { type: 'award.decided', at, deemed },
  derived: { ...award },
});

/**
 * 定标 by the owner: the first candidate where the law says so (条例 55; 87号令 68, from the accepted report), another only where the
 * record shows why each before him can not have it; else any candidate (招标投标法 40). Where an award committee votes: only the one
 * candidate that is left.
 */
export function decideAward(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const fault = awardTimeFault(state);
  if (fault !== null) return fault;
  if (isVoted(state)) return refuse('FORBIDDEN', 'the award committee votes on this award');
  const read = zDecision.safeParse(asked.opened['decision']);
  if (!read.success) return refuse('E_INPUT', 'secrets.decision: missing');
  const { winner, reason, passedOver } = read.data;
  const ranked = candidatesOf(state);
  const chosen = ranked.find((candidate) => candidate.party === winner);
  if (chosen === undefined) return refuse('E_INPUT', `secrets.decision.winner: ${winner} is no candidate`);
  if (own(state.award.passedOver, winner) !== undefined) return refuse('E_INPUT', `secrets.decision.winner: ${winner} was passed over`);
  if (!isStanding(state, winner))
    return refuse('E_INPUT', `secrets.decision.winner: ${winner} gave up, or was found to have acted unlawfully`);
  const expired = expiredFault(state, winner, context.at);
  if (expired !== null) return expired;
  const better = ranked.filter(({ party, rank }) => rank < chosen.rank && own(state.award.passedOver, party) === undefined);
  const unexplained = better.find(({ party }) => !passedOver.some((one) => one.bidder === party));
  if (unexplained !== undefined && isRankBound(state))
    return refuse('E_REASON_REQUIRED', `${unexplained.party} ranks before ${winner}: only a legal cause passes him over`);
  const needless = passedOver.find((one) => !better.some(({ party }) => party === one.bidder));
  if (needless !== undefined) return refuse('E_INPUT', `secrets.decision.passedOver: ${needless.bidder} does not rank before ${winner}`);
  const explained: Award['passedOver'][number][] = [];
  for (const one of passedOver) {
    const evidence = evidenceOf(state, one.bidder, one.cause, context.at);
    if (evidence === null) return noEvidence(one.bidder, one.cause);
    explained.push({ ...one, evidence });
  }
  const { event, derived } = awarded(awardTo(state, chosen, reason, explained), context.at);
  const opening: LotEvent[] = state.status === 'REPORT_REVIEW' ? [{ type: 'award.opened', at: context.at }] : [];
  return accept([...opening, event], { award: derived });
}

/** The award of this lot to a candidate. */
const awardTo = (
  state: LotState,
  { party: winner, price }: { readonly party: string; readonly price: string },
  reason: string,
  passedOver: Award['passedOver'],
): Award => {
  const name = own(state.opening.names, winner) ?? winner;
  return { v: 1, winner, name, price, method: tenderRulesOf(state).award.kind, reason, passedOver };
};

const noEvidence = (bidder: string, cause: PassOverCause): Refused =>
  refuse('E_NO_EVIDENCE', `${bidder} is passed over for ${cause} only on ${EVIDENCE[cause]}`);

/** What each cause must rest on: never the tenderer's word alone (条例 55). */
const EVIDENCE: Readonly<Record<PassOverCause, string>> = {
  GIVES_UP: 'its own act (award.give-up)',
  FORCE_MAJEURE: 'its own act (award.give-up)',
  NO_PERFORMANCE_SECURITY: 'a date that its award notice set and that has passed',
  INVALID_VALIDITY: 'the end of its bid’s validity without its consent to a later one (award.extend-validity)',
  UNLAWFUL: 'an entry of the supervision authority (award.find-unlawful)',
};

/**
 * 87号令 68: five working days after the report the purchaser has not decided, so the first candidate is the winner, whoever records it.
 * Doubts lead to a re-evaluation or a suspension on a legal ground, which stop the time; silence and a questioned report do not.
 */
export function deemDecided(state: LotState, _asked: Of<typeof zNothing>, { at }: Context): Decision {
  const from = deemedFrom(state);
  if (from === null) return refuse('WRONG_STATE', 'the law takes nobody for the winner here');
  if (at < from) return refuse('E_TOO_EARLY', `the purchaser decides until ${from}`);
  // Rank 1 itself may yield to a bidder of its brand (87号令 31).
  const [first, second] = candidatesOf(state);
  if (first === undefined || second?.rank === first.rank) return refuse('WRONG_STATE', 'no one candidate stands first');
  if (!isStanding(state, first.party)) return refuse('E_INPUT', `${first.party} was found to have acted unlawfully: the purchaser decides`);
  const expired = expiredFault(state, first.party, at);
  if (expired !== null) return expired;
  const { event, derived } = awarded(awardTo(state, first, DEEMED_REASON, []), at, true);
  return accept([{ type: 'award.opened', at }, event], { award: derived });
}
const DEEMED_REASON = '采购人逾期未确定中标人，视同按评标报告推荐的顺序确定排名第一的中标候选人为中标人（87号令第六十八条）';

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
  const expired = expiredFault(state, award.winner, context.at);
  if (expired !== null) return expired;
  const due = limitOf(state, 'resultAnnouncement', state.award.decided.at);
  const { performanceSecurity } = tenderRulesOf(state);
  const securityDue =
    performanceSecurity === undefined
      ? null
      : limitEnd(context.at, { value: performanceSecurity.days, unit: 'calendar-day' }, ruleSetOf(state).calendar);
  const derived: Record<string, JsonValue> = {};
  for (const bidder of openedBidders(state)) derived[`notice:${bidder}`] = notice(state, award, bidder);
  return accept(
    [
      {
        type: 'award.announced',
        at: context.at,
        winner: award.winner,
        price: award.price,
        late: due !== null && context.at > due,
        securityDue,
      },
    ],
    derived,
  );
}

/** Of a bid that the committee rejected after the review. */
function laterRejection(state: LotState, bidder: string) {
  const found = rejectedLater(state).find((one) => one.bidder === bidder);
  if (found === undefined) return undefined;
  const ground = found.ground ?? '';
  return { grounds: [ground], reasons: [{ item: '', ground, reason: found.reason }] };
}

/** 中标通知书 for the winner, 结果通知书 for the others; part `d:notice:<bidder>`. */
function notice(state: LotState, award: Award, bidder: string): JsonObject {
  const row = resultOf(state)?.rows.find((one) => one.party === bidder);
  const rejection = reviewResult(state)?.rejected.find((one) => one.bidder === bidder) ?? laterRejection(state, bidder);
  const expired = resultOf(state)?.expired?.find((one) => one.party === bidder);
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
    ...(expired === undefined ? {} : { expired: expired.until }),
    rejected:
      rejection === undefined
        ? null
        : { grounds: rejection.grounds, reasons: rejection.reasons.map(({ item, ground, reason }) => ({ item, ground, reason })) },
  };
}

/** 条例 55: a winner who gives up or fails the law is passed over, on what the record holds; the award is decided anew. */
export function passOver(state: LotState, asked: Of<typeof commands.zPassOver>, context: Context): Decision {
  const award = awardOf(state);
  if (award === null) return refuse('WRONG_STATE', 'there is no winner');
  const { cause } = asked.payload;
  const evidence = evidenceOf(state, award.winner, cause, context.at);
  if (evidence === null) return noEvidence(award.winner, cause);
  return accept([{ type: 'award.passed-over', at: context.at, bidder: award.winner, cause, evidence }]);
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
export function archive(state: LotState, asked: Of<typeof commands.zArchive>, context: Context): Decision {
  const [held] = heldSecurities(state);
  if (held !== undefined) return refuse('E_STEP_BARRIER', `the bid security of ${held} is neither returned nor withheld`);
  return accept([{ type: 'award.archived', at: context.at, package: asked.payload.package, size: asked.payload.size }]);
}

/** Members the tender document plans for the award committee. */
export function awardCommitteeSize(state: LotState): number {
  const { award } = tenderRulesOf(state);
  return awardMethodOf(award).committeeSize(award);
}
