import type { Context, JsonValue, LotEvent } from '@app/contracts';
import { MEMBER_ROLES, membersOf, seatFault } from '../committee/index.js';
import { decimal } from '../kernel/decimal.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { accept, command, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { disclosed, type LotState } from '../kernel/state.js';
import { addMs } from '../law/calendar.js';
import { isRejectedByMajority } from '../law/majority.js';
import { failed, limitOf, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { arePricesLocked } from '../opening/index.js';
import { countedBidders } from '../review/index.js';
import * as audience from './audience.js';
import { type MotionContent, MOTIONS_MAX, zMotion, zMotionAnswer, zMotionName, zMotionVote } from './commands.js';
import { correctionOf, correctionRules } from './correction.js';
import { type MotionFinding, standingBidders } from './findings.js';
import {
  answerDue,
  bidPriceOf,
  contentOfMotion,
  isAsking,
  isCompetitionSaid,
  isDecided,
  isMoot,
  isMotionTime,
  isVotingTime,
  lowPrices,
  owingVotes,
  priceQuestion,
  priceWindowEnd,
  proposalsDue,
  rejectionGrounds,
  voteDue,
  votesOn,
} from './selectors.js';
import type { Motion } from './state.js';

const MINUTE_MS = 60_000;
/** Motions about a price, which members see after the technical scores where two steps are opened. */
const ABOUT_PRICES: readonly MotionContent['kind'][] = ['CORRECTION', 'LOW_PRICE', 'UNPROVEN'];

/**
 * The chair proposes for the committee, and votes like everybody (domain.md §14.1: nobody's word alone). What the rules ask for any member
 * proposes.
 */
function propose(state: LotState, asked: Of<typeof zMotionName>, context: Context): Decision {
  const fault = timeFault(isMotionTime(state)) ?? seatFault(state, asked.party);
  if (fault !== null) return fault;
  const { motion: id } = asked.payload;
  if (state.motions.list.some((motion) => motion.id === id)) return refuse('E_ALREADY_DONE', 'this motion was proposed');
  const read = zMotion.safeParse(asked.opened['motion']);
  if (!read.success) return refuse('E_INPUT', 'secrets.motion: missing');
  if (state.committee.chair !== asked.party && !isOwed(state, read.data))
    return refuse('FORBIDDEN', 'the chair proposes for the committee, but for what the rules ask for');
  const wrong = contentFault(state, read.data);
  if (wrong !== null) return wrong;
  const proposed: LotEvent = { type: 'motions.proposed', motion: id, member: asked.party, at: context.at };
  // 财库〔2026〕2号: where the figures of the law are met the review begins by itself, without a vote.
  if (read.data.kind !== 'LOW_PRICE' || !isMarked(state, read.data.bidder)) return accept([proposed]);
  return carried(state, id, read.data, [proposed], context.at);
}

const timeFault = (isTime: boolean): Refused | null =>
  isTime ? null : refuse('WRONG_STEP', 'the committee decides on motions from the end of the review to the first ranking');
const isMarked = (state: LotState, bidder: string): boolean => lowPrices(state).some((one) => one.bidder === bidder);

function contentFault(state: LotState, content: MotionContent): Refused | null {
  if (ABOUT_PRICES.includes(content.kind) && arePricesLocked(state))
    return refuse('WRONG_STEP', 'prices are shown to the committee after the technical scores');
  if (isOpen(state, content)) return refuse('E_ALREADY_DONE', 'the committee has not decided on the same motion yet');
  const quota = quotaFault(state, content);
  if (quota !== null) return quota;
  if (content.kind === 'NO_COMPETITION') return competitionFault(state);
  if (!('bidder' in content)) return isDecided(state, content) ? DECIDED : null;
  const { bidder } = content;
  if (!standingBidders(state).includes(bidder)) return refuse('E_INPUT', `secrets.motion.bidder: ${bidder} has no bid that stands`);
  if (isDecided(state, content)) return DECIDED;
  switch (content.kind) {
    case 'REJECTION':
      return groundFault(state, content.ground);
    case 'CORRECTION':
      return correctionFault(state, content);
    case 'LOW_PRICE':
      return null;
    case 'UNPROVEN':
      return (priceQuestion(state, bidder)?.asked?.closed ?? null) === null
        ? refuse('E_INPUT', `secrets.motion.bidder: ${bidder} was not asked about its price, or may still answer`)
        : null;
  }
}

const DECIDED = refuse('E_ALREADY_DONE', 'the committee has decided on the same');

function isOwed(state: LotState, content: MotionContent): boolean {
  const bidder = 'bidder' in content ? content.bidder : '';
  return proposalsDue(state).some((due) => due.kind === content.kind && due.bidder === bidder);
}

/** What is owed is never kept back by how much was proposed without need. */
function quotaFault(state: LotState, content: MotionContent): Refused | null {
  return isOwed(state, content) || state.motions.list.length < MOTIONS_MAX
    ? null
    : refuse('QUOTA_EXCEEDED', `${MOTIONS_MAX} motions were proposed in this lot`);
}

/** 12号令 27: asked of the committee when fewer than three are left, and again when another one is out. */
function competitionFault(state: LotState): Refused | null {
  if (countedBidders(state, standingBidders(state)) >= ruleSetOf(state).thresholds.bidsMin)
    return refuse('E_INPUT', 'secrets.motion.kind: three bids and more compete');
  return isCompetitionSaid(state) ? DECIDED : null;
}

function groundFault(state: LotState, ground: string): Refused | null {
  if (rejectionGrounds(state).some((one) => one === ground)) return null;
  return ruleSetOf(state).grounds.some((one) => one === ground)
    ? refuse('E_INPUT', 'secrets.motion.ground: the bidder is asked about its price first (LOW_PRICE), then the committee finds (UNPROVEN)')
    : refuse('E_REASON_REQUIRED', `secrets.motion.ground: one of ${rejectionGrounds(state).join(', ')}`);
}

const isOpen = (state: LotState, content: MotionContent): boolean =>
  state.motions.list.some((motion) => {
    const other = motion.outcome === null ? contentOfMotion(state, motion) : null;
    return other?.kind === content.kind && ('bidder' in other ? other.bidder : '') === ('bidder' in content ? content.bidder : '');
  });

function correctionFault(state: LotState, { bidder, correction }: MotionContent & { kind: 'CORRECTION' }): Refused | null {
  const { regime } = ruleSetOf(state);
  if (!correctionRules(regime).includes(correction.rule))
    return refuse('E_INPUT', `secrets.motion.correction.rule: one of ${correctionRules(regime).join(', ')}`);
  const isAsked = state.motions.list.some((motion) => isAsking(state, motion) && isCorrectionOf(state, motion, bidder));
  if (isAsked) return refuse('E_CORRECTION_UNCONFIRMED', `${bidder} has not answered the correction before`);
  const price = bidPriceOf(state, bidder);
  if (price === null) return refuse('WRONG_STATE', `the opening sheet of ${bidder} is not on the record`);
  const found = correctionOf(correction, price);
  return typeof found === 'string' ? refuse('E_INPUT', `secrets.motion.correction.${found}`) : null;
}

function isCorrectionOf(state: LotState, motion: Motion, bidder: string): boolean {
  const content = contentOfMotion(state, motion);
  return content?.kind === 'CORRECTION' && content.bidder === bidder;
}

/** 少数服从多数 (87号令 61): more than half of all members carry it. Not before every member has voted, so that no outcome tells who voted how. */
function vote(state: LotState, asked: Of<typeof zMotionName>, context: Context): Decision {
  const fault = timeFault(isVotingTime(state)) ?? seatFault(state, asked.party);
  if (fault !== null) return fault;
  const motion = state.motions.list.find(({ id }) => id === asked.payload.motion);
  if (motion === undefined) return refuse('E_INPUT', 'motion: nobody proposed it');
  if (motion.outcome !== null) return refuse('E_ALREADY_DONE', 'the committee has decided on it');
  if (isMoot(state, motion)) return refuse('E_ALREADY_DONE', 'the bid is out: there is nothing to decide on it');
  if (Object.hasOwn(motion.votes, asked.party)) return refuse('E_ALREADY_DONE', 'you have voted');
  const read = zMotionVote.safeParse(asked.opened['vote']);
  if (!read.success) return refuse('E_INPUT', 'secrets.vote: missing');
  if (!read.data.isFor && read.data.reason === '') return refuse('E_REASON_REQUIRED', 'secrets.vote.reason: say why you are against it');
  const voted: LotEvent = { type: 'motions.voted', motion: motion.id, member: asked.party };
  if (owingVotes(state, motion).some((member) => member !== asked.party)) return accept([voted]);
  const before = votesOn(state, motion);
  return counted(
    state,
    motion,
    {
      inFavour: before.for.length + (read.data.isFor ? 1 : 0),
      reasons: read.data.isFor ? before.reasons : [...before.reasons, read.data.reason],
    },
    [voted],
    context.at,
  );
}

/** More than half of all members, whether they voted or not. */
function counted(
  state: LotState,
  motion: Motion,
  { inFavour, reasons }: { readonly inFavour: number; readonly reasons: readonly string[] },
  before: readonly LotEvent[],
  at: string,
): Decision {
  const content = contentOfMotion(state, motion);
  if (content === null) return refuse('WRONG_STATE', 'what the motion is about is not on the record');
  if (isRejectedByMajority(inFavour, membersOf(state).length)) return carried(state, motion.id, content, before, at);
  return lost(motion.id, content, reasons, before, at);
}

/** The time to vote is over: whoever is silent is not for it, and holds nobody up. */
function tally(state: LotState, asked: Of<typeof zMotionName>, context: Context): Decision {
  const fault = timeFault(isVotingTime(state));
  if (fault !== null) return fault;
  const motion = state.motions.list.find(({ id }) => id === asked.payload.motion);
  if (motion === undefined) return refuse('E_INPUT', 'motion: nobody proposed it');
  const silent = owingVotes(state, motion).length;
  if (silent === 0) return refuse('E_ALREADY_DONE', 'nobody owes a vote on it');
  const due = voteDue(state, motion);
  if (context.at < due) return refuse('E_TOO_EARLY', `members may vote until ${due}`);
  const before = votesOn(state, motion);
  const silence = `${silent} of ${membersOf(state).length} members did not vote in time`;
  return counted(state, motion, { inFavour: before.for.length, reasons: [...before.reasons, silence] }, [], context.at);
}

/** A price that the committee does not find unproven is proven, for the reasons of those who were against; in an order that tells nobody whose. */
function lost(motion: string, content: MotionContent, against: readonly string[], before: readonly LotEvent[], at: string): Decision {
  const events: LotEvent[] = [...before, { type: 'motions.decided', motion, outcome: 'LOST', at }];
  if (content.kind !== 'UNPROVEN') return accept(events);
  const reason = [...new Set(against)].sort().join('; ');
  const proven: MotionFinding = { v: 1, bidder: content.bidder, outcome: 'PROVEN', ground: null, reason, price: null };
  return accept([...events, { type: 'motions.found', motion }], { finding: { ...proven } });
}

function carried(state: LotState, motion: string, content: MotionContent, before: readonly LotEvent[], at: string): Decision {
  const events: LotEvent[] = [...before, { type: 'motions.decided', motion, outcome: 'CARRIED', at }];
  switch (content.kind) {
    case 'REJECTION':
      return rejected(state, motion, { ...content, reason: `${content.reason} (${content.place})` }, events, at);
    case 'UNPROVEN':
      // 12号令 21: taken as below cost. 财库〔2026〕2号: 投标无效.
      return rejected(state, motion, { ...content, ground: UNPROVEN_GROUND[ruleSetOf(state).regime] }, events, at);
    case 'CORRECTION':
    case 'LOW_PRICE': {
      const asked = state.motions.list.find(({ id }) => id === motion)?.asked ?? null;
      if (asked !== null) return askedBefore(state, motion, content, asked, events, at);
      return accept([...events, { type: 'motions.bidder-asked', motion, bidder: content.bidder, dueAt: dueAt(state, content, at) }]);
    }
    case 'NO_COMPETITION':
      return accept([
        ...events,
        failed(at, 'LT3_RESPONSIVE', `the committee found no competition among ${standingBidders(state).length} bids`),
      ]);
    case 'DOCUMENT_FLAWED':
      // 87号令 65: the evaluation stops; the document is mended and the procurement done anew.
      return accept([...events, failed(at, 'DOCUMENT_FLAWED', 'the committee found that the tender document can not be evaluated by')]);
  }
}

/** Carried once more because a member had left (条例 48): nobody is asked twice, and the answer stands. */
function askedBefore(
  state: LotState,
  motion: string,
  content: MotionContent & { kind: 'CORRECTION' | 'LOW_PRICE' },
  { closed }: NonNullable<Motion['asked']>,
  events: readonly LotEvent[],
  at: string,
): Decision {
  if (content.kind === 'LOW_PRICE' || closed === null) return accept(events);
  const given = closed.isAnswered ? zMotionAnswer.safeParse(disclosed(state, closed.seq, 'x:answer')).data : undefined;
  return corrected(state, motion, content, given?.confirms === true, events, at);
}

const UNPROVEN_GROUND = { TENDER_LAW: 'BELOW_COST_OR_ABOVE_CEILING', GOV_PROCUREMENT: 'OTHER_STATED' } as const;
const ABOVE_GROUND = { TENDER_LAW: 'BELOW_COST_OR_ABOVE_CEILING', GOV_PROCUREMENT: 'ABOVE_BUDGET' } as const;
const UNCONFIRMED_GROUND = { TENDER_LAW: 'NOT_RESPONSIVE', GOV_PROCUREMENT: 'OTHER_STATED' } as const;

/** Never less than the limit of the rule set. */
function dueAt(state: LotState, { minutes }: { readonly minutes?: number }, at: string): string {
  const least = limitOf(state, 'priceAnswer', at) ?? at;
  const granted = minutes === undefined ? at : addMs(at, minutes * MINUTE_MS);
  return granted > least ? granted : least;
}

/** A bid is out; with too few left the lot is, or the committee says whether they still compete (`proposalsDue`). */
function rejected(
  state: LotState,
  motion: string,
  { bidder, ground, reason }: Pick<MotionFinding, 'bidder' | 'reason'> & { readonly ground: string },
  before: readonly LotEvent[],
  at: string,
): Decision {
  const events: LotEvent[] = [...before, { type: 'motions.found', motion }];
  const derived: Record<string, JsonValue> = { finding: { v: 1, bidder, outcome: 'REJECTED', ground, reason, price: null } };
  // Nobody stands yet while the review is open again: there is nothing to count.
  if (state.review.concluded === null) return accept(events, derived);
  const left = standingBidders(state).filter((one) => one !== bidder);
  if (left.length === 0) return accept([...events, failed(at, 'ALL_REJECTED', 'every bid was rejected')], derived);
  const { fewBids, thresholds } = ruleSetOf(state);
  const isTooFew = fewBids === 'fail' && countedBidders(state, left) < thresholds.bidsMin;
  return accept(isTooFew ? [...events, failed(at, 'LT3_RESPONSIVE', `${left.length} bids are left after a rejection`)] : events, derived);
}

/** 电子招标投标办法 33: by the bidder's signed message. A late answer is no answer; nothing unsolicited is taken. */
function answer(state: LotState, asked: Of<typeof zMotionName>, context: Context): Decision {
  const motion = state.motions.list.find(({ id }) => id === asked.payload.motion);
  if (motion?.asked?.bidder !== asked.party) return refuse('FORBIDDEN', 'you were not asked this');
  if (!isAsking(state, motion)) return NOT_ASKING;
  const due = answerDue(state, motion.asked);
  if (context.at >= due) return refuse('E_DEADLINE_PASSED', `the answer was due at ${due}`);
  const read = zMotionAnswer.safeParse(asked.opened['answer']);
  if (!read.success) return refuse('E_INPUT', 'secrets.answer: missing');
  const content = contentOfMotion(state, motion);
  const answered: LotEvent = { type: 'motions.answered', motion: motion.id, at: context.at };
  if (content?.kind !== 'CORRECTION') return accept([answered]);
  if (read.data.confirms === null) return refuse('E_INPUT', 'secrets.answer.confirms: say whether you confirm the correction');
  if (motion.outcome === null) return accept([answered]);
  return corrected(state, motion.id, content, read.data.confirms, [answered], context.at);
}

const NOT_ASKING = refuse('E_ALREADY_DONE', 'this is answered, its time is over, or nothing is asked any more');

/** 87号令 59: confirmed, the correction binds; not confirmed, the bid is invalid. */
function corrected(
  state: LotState,
  motion: string,
  { bidder, correction, reason }: MotionContent & { kind: 'CORRECTION' },
  isConfirmed: boolean,
  before: readonly LotEvent[],
  at: string,
): Decision {
  const { regime } = ruleSetOf(state);
  const found = correctionOf(correction, bidPriceOf(state, bidder) ?? '0');
  if (typeof found === 'string') return refuse('WRONG_STATE', `the correction does not fit the bid any more: ${found}`);
  if (!isConfirmed) {
    const ground = UNCONFIRMED_GROUND[regime];
    return rejected(state, motion, { bidder, ground, reason: `arithmetic correction to ${found.price} not confirmed` }, before, at);
  }
  const { ceiling } = tenderRulesOf(state);
  if (decimal(found.price).gt(ceiling))
    return rejected(
      state,
      motion,
      { bidder, ground: ABOVE_GROUND[regime], reason: `corrected price ${found.price} > ${ceiling}` },
      before,
      at,
    );
  const { price, unitPrices } = found;
  const finding: MotionFinding = {
    v: 1,
    bidder,
    outcome: 'CORRECTED',
    ground: null,
    reason,
    price,
    ...(unitPrices.length === 0 ? {} : { unitPrices: [...unitPrices] }),
  };
  return accept([...before, { type: 'motions.found', motion }], { finding: { ...finding } });
}

/** The time to answer is over, by the log's clock. */
function lapse(state: LotState, asked: Of<typeof zMotionName>, context: Context): Decision {
  const motion = state.motions.list.find(({ id }) => id === asked.payload.motion);
  if (motion?.asked == null) return refuse('E_INPUT', 'motion: asks nobody');
  if (!isAsking(state, motion)) return NOT_ASKING;
  const due = answerDue(state, motion.asked);
  if (context.at < due) return refuse('E_TOO_EARLY', `the bidder may answer until ${due}`);
  const lapsed: LotEvent = { type: 'motions.lapsed', motion: motion.id, at: context.at };
  const content = contentOfMotion(state, motion);
  // Open again because a member had left: the vote says what the silence means.
  if (content?.kind !== 'CORRECTION' || motion.outcome === null) return accept([lapsed]);
  return corrected(state, motion.id, content, false, [lapsed], context.at);
}

/** The chair has nothing more to propose about prices, so the ranking need not wait for it. */
function close(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const fault = timeFault(isMotionTime(state)) ?? seatFault(state, asked.party);
  if (fault !== null) return fault;
  if (state.committee.chair !== asked.party) return refuse('FORBIDDEN', 'the chair says it for the committee');
  if (priceWindowEnd(state) === null) return refuse('E_ALREADY_DONE', 'the ranking waits for no proposal about a price');
  return accept([{ type: 'motions.closed', member: asked.party, at: context.at }]);
}

/** What the end of a motion may lead to. */
const OUTCOME = ['motions.decided', 'motions.bidder-asked', 'motions.found', 'lot.failed'];
const seen = { 'd:finding': audience.seesFinding };

export const motionsCommands = {
  'motions.propose': command({
    schema: zMotionName,
    secrets: { motion: zMotion },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: propose,
    makes: ['motions.proposed', ...OUTCOME],
    audience: { 'x:motion': audience.seesMotion, ...seen },
  }),
  'motions.vote': command({
    schema: zMotionName,
    secrets: { vote: zMotionVote },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: vote,
    makes: ['motions.voted', ...OUTCOME],
    audience: { 'x:vote': audience.seesVote, ...seen },
  }),
  'motions.tally': command({
    schema: zMotionName,
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: tally,
    makes: OUTCOME,
    audience: seen,
  }),
  'motions.close': command({
    schema: zNothing,
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: close,
  }),
  'motions.answer': command({
    schema: zMotionName,
    secrets: { answer: zMotionAnswer },
    roles: ['bidder'],
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: answer,
    makes: ['motions.answered', 'motions.found', 'lot.failed'],
    audience: { 'x:answer': audience.seesAnswer, ...seen },
  }),
  'motions.lapse': command({
    schema: zMotionName,
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: lapse,
    makes: ['motions.lapsed', 'motions.found', 'lot.failed'],
    audience: seen,
  }),
};
