import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';
import { addMs } from '../law/calendar.js';
import { limitEndAfter } from '../law/limit.js';
import { limitOf, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { candidatesOf, resultOf } from '../scoring/index.js';
import { type AwardCandidate, type Evidence } from './state.js';
import { AWARD_KINDS, awardMethodOf } from './methods/index.js';
import { zEvidence } from './events.js';
import type { PassOverCause } from './commands.js';
import { expiryOf } from '../review/index.js';

export const isSeparated = (state: LotState): boolean => awardMethodOf(tenderRulesOf(state).award).tally !== undefined;

/** 条例 55, 87号令 68: rank 1 gets it. Other lots: one of the candidates does, by choice or by vote (招标投标法 40, 评定分离). */
export const isRankBound = (state: LotState): boolean =>
  !isSeparated(state) && (state.setup.regime === 'GOV_PROCUREMENT' || tenderRulesOf(state).stateMandated !== false);

/** Candidates as they are published: ranked with totals, or in the order of their names and without either. */
export function publishedCandidates(state: LotState): AwardCandidate[] {
  const ranked = candidatesOf(state)
    .slice(0, isSeparated(state) ? undefined : ruleSetOf(state).thresholds.candidatesMax)
    .map(({ party, price, rank, total }) => ({ bidder: party, name: own(state.opening.names, party) ?? party, price, rank, total }));
  if (!isSeparated(state)) return ranked;
  return ranked.map((candidate) => ({ ...candidate, rank: null, total: null })).sort((a, b) => (a.bidder < b.bidder ? -1 : 1));
}

/** May still get the award: not passed over, and neither gave up nor was found to have acted unlawfully. */
export const isStanding = ({ award }: LotState, bidder: string): boolean =>
  own(award.passedOver, bidder) === undefined && own(award.against, bidder) === undefined;

/** Published candidates that may still get the award. */
const standingCandidates = (state: LotState): string[] =>
  (state.award.publicity?.candidates ?? []).map(({ bidder }) => bidder).filter((bidder) => isStanding(state, bidder));

/** The award committee chooses, while there is something to choose: one candidate alone is not voted on (domain.md §8.2). */
export const isVoted = (state: LotState): boolean => isSeparated(state) && standingCandidates(state).length > 1;

/** What this cause of a pass-over rests on, by the record at this instant; null when nothing bears it (条例 55). */
export function evidenceOf(state: LotState, bidder: string, cause: PassOverCause, at: string): Evidence | null {
  const { against, announced } = state.award;
  // 招标投标法 45: with the notice of award the bid is accepted, and ends no more.
  if (cause === 'INVALID_VALIDITY') return announced?.winner === bidder ? null : expiryOf(state, bidder, at);
  if (cause !== 'NO_PERFORMANCE_SECURITY') {
    const found = own(against, bidder)?.find((one) => one.cause === cause);
    return found === undefined ? null : { seq: found.seq, by: found.by, at: found.at };
  }
  if (announced?.winner !== bidder || announced.securityDue === null || at < announced.securityDue) return null;
  return { seq: announced.seq, by: bidder, at: announced.securityDue };
}

/** Until when the purchaser may decide on the report before the law takes rank 1 for the winner (87号令 68); null where it does not. */
export function deemedFrom(state: LotState): string | null {
  const { deliveredAt } = state.report;
  if (deliveredAt === null || ruleSetOf(state).candidatePublicity) return null;
  const end = limitOf(state, 'winnerDecision', deliveredAt);
  return end === null ? null : addMs(end, state.award.lostMs);
}

/** Until when members may vote in the present round; null while they may not, or where the rules set no time. */
export function ballotUntil(state: LotState): string | null {
  const { openedAt, round, since, isSubstituted } = state.award.vote;
  if (openedAt === null) return null;
  return limitOf(state, round === since && !isSubstituted ? 'awardMeeting' : 'awardBallot', openedAt);
}

/**
 * Until when the announced result can be challenged (质疑): the time runs from the end of the notice (政府采购法条例 53(3), 94号令 10).
 * Null where the regime knows no challenge, or nothing is announced.
 */
export function challengeEnd(state: LotState): string | null {
  const { announced } = state.award;
  const { limits, calendar, candidatePublicity } = ruleSetOf(state);
  if (announced === null || candidatePublicity || limits.challenge === null) return null;
  const noticed = limitOf(state, 'resultNotice', announced.at);
  return noticed === null ? limitOf(state, 'challenge', announced.at) : limitEndAfter(noticed, limits.challenge, calendar);
}

const zTally = z.strictObject({
  v: z.literal(1),
  round: z.int(),
  votes: z.record(zName, z.int()),
  abstentions: z.int(),
  winner: zName.nullable(),
  runOff: z.array(zName),
});
export type VoteTally = z.infer<typeof zTally>;

/** Who may be voted for in the present round: every candidate that stands, or of those who are in the run-off, while two of them do. */
export function votableCandidates(state: LotState): string[] {
  const standing = standingCandidates(state);
  const { rounds, vote } = state.award;
  const last = rounds.findLast(({ since, countedSeq }) => since === vote.since && countedSeq !== null);
  if (last === undefined || last.countedSeq === null) return standing;
  const tally = zTally.safeParse(disclosed(state, last.countedSeq, 'd:tally'));
  const inRunOff = tally.success ? standing.filter((bidder) => tally.data.runOff.includes(bidder)) : [];
  return tally.success && inRunOff.length < 2 ? standing : inRunOff;
}

const zAward = z.strictObject({
  v: z.literal(1),
  winner: zName,
  name: z.string(),
  price: zDecimal,
  method: z.enum(AWARD_KINDS),
  reason: z.string(),
  /** `evidence` is absent under an engine that asked for none. */
  passedOver: z.array(z.strictObject({ bidder: zName, cause: z.string(), reason: z.string(), evidence: zEvidence.exactOptional() })),
});
export type Award = z.infer<typeof zAward>;

/** The award, when decided and visible to this reader. */
export function awardOf(state: LotState): Award | null {
  const { decided } = state.award;
  if (decided === null) return null;
  const read = zAward.safeParse(disclosed(state, decided.seq, 'd:award'));
  return read.success ? read.data : null;
}

export const openObjections = (state: LotState) => state.award.objections.filter((one) => one.answered === null);

/** Price a bidder stood in the table with, as bid. */
export const priceOf = (state: LotState, bidder: string): string | null =>
  resultOf(state)?.rows.find((row) => row.party === bidder)?.price ?? null;
