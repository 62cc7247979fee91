import type { Context, JsonValue, LotEvent } from '@app/contracts';
import {
  handInFault,
  MEMBER_ROLES,
  membersOf,
  openSheetsOf,
  openStep,
  owedFault,
  seatFault,
  stepAfter,
  stepFault,
} from '../committee/index.js';
import { failed, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { disclosed, type LotState } from '../kernel/state.js';
import { openedBidders, openingSheetOf } from '../opening/index.js';
import { decimal } from '../kernel/decimal.js';
import { isRejectedByMajority } from '../law/majority.js';
import { overlay, zCiphertext, seesCiphertext, zMasters, zAnything, zSubmitSheet } from '../sealed-step/index.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { reviewedBidders, reviewItems, reviewResult, type ReviewResult, validBidders } from './bids.js';
import { countedBidders } from './brands.js';
import { type Sheet, zCompetitionVote, zQualification } from './commands.js';
import { bidsOf, coversExactly, decideByMajority, faultyCells, isGoodEntry, readBids, sheetOf } from './sheet.js';
import * as audience from './audience.js';
import * as commands from './commands.js';

const isReview = (step: string): boolean => step === 'review';

/** 87号令 44: under gov procurement the purchaser reviews qualification; fewer than three qualified, no evaluation. */
function qualify(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  if (ruleSetOf(state).qualificationBy !== 'purchaser') return refuse('FORBIDDEN', 'the committee reviews qualification under this regime');
  const read = zQualification.safeParse(asked.opened['qualification']);
  if (!read.success) return refuse('E_INPUT', 'secrets.qualification: missing');
  const bidders = openedBidders(state).sort();
  const named = Object.keys(read.data.bids).sort();
  if (named.join() !== bidders.join()) return refuse('E_INPUT', `secrets.qualification.bids: name exactly ${bidders.join(', ')}`);
  const { grounds } = ruleSetOf(state);
  const bad = Object.entries(read.data.bids).find(([, entry]) => !isGoodEntry(entry, grounds));
  if (bad !== undefined) return refuse('E_REASON_REQUIRED', `secrets.qualification.bids.${bad[0]}: name a ground of 87号令 art. 63`);
  const qualified = bidders.filter((bidder) => read.data.bids[bidder]?.pass === true);
  const passed = qualified.length;
  const counted = countedBidders(state, qualified);
  const events: LotEvent[] = [{ type: 'review.qualified', passed, at: context.at }];
  if (counted >= ruleSetOf(state).thresholds.bidsMin) return accept(events);
  return accept([
    ...events,
    failed(context.at, 'LT3_QUALIFIED', `${passed} suppliers passed the qualification review${ofBrands(passed, counted)}`),
  ]);
}

function submitSheet(state: LotState, asked: Of<typeof zSubmitSheet>): Decision {
  const fault = stepFault(state, asked, isReview) ?? handInFault(state, { step: 'review', sheets: state.review.sheets }, asked);
  if (fault !== null) return fault;
  return accept([{ type: 'review.sheet-submitted', member: asked.party, manifest: asked.payload.manifest }]);
}

/** Not before the answers that may change a member's mind. */
function openSheets(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const fault = stepFault(state, asked, isReview);
  if (fault !== null) return fault;
  const waiting = state.review.clarifications.find((one) => one.answeredSeq === null && context.at < one.dueAt);
  if (waiting !== undefined) return refuse('E_STEP_BARRIER', `${waiting.bidder} still has time to answer ${waiting.id}`);
  const opening = openSheetsOf(state, state.review.sheets, asked, readBids);
  if (!('verdicts' in opening)) return opening;
  const { verdicts } = opening;
  const sheets = { ...sheetsOf(state), ...opening.sheets };
  const owed = owing(state, sheets);
  const opened: LotEvent = { type: 'review.sheets-opened', verdicts, owed };
  return owed.length > 0 ? accept([opened]) : concluded(state, [opened], sheets, context.at);
}

/** Every member's sheet as it stands. */
const sheetsOf = (state: LotState): Record<string, Sheet['bids']> =>
  Object.fromEntries(membersOf(state).map((member) => [member, sheetOf(state, state.review.sheets, member)]));

const faultsOf = (state: LotState, sheet: Sheet['bids']) =>
  faultyCells(
    sheet,
    reviewedBidders(state),
    reviewItems(state).map((item) => item.id),
    (_, value) => isGoodEntry(value, ruleSetOf(state).grounds),
  );

const owing = (state: LotState, sheets: Readonly<Record<string, Sheet['bids']>>): string[] =>
  Object.entries(sheets).flatMap(([member, sheet]) => (faultsOf(state, sheet).length > 0 ? [member] : []));

/** Only invalid items, all of them, openly, on the ground that they were invalid. */
function correctSheet(state: LotState, asked: Of<typeof commands.zCorrectSheet>, context: Context): Decision {
  const step = state.review.sheets;
  const fault = stepFault(state, asked, isReview) ?? owedFault(state, step, asked.party);
  if (fault !== null) return fault;
  const sheet = sheetOf(state, step, asked.party);
  const change = bidsOf(asked.opened['correction']);
  if (!coversExactly(change, faultsOf(state, sheet)))
    return refuse('E_INPUT', 'secrets.correction: give exactly the items that were invalid');
  const better = overlay(sheet, change);
  if (faultsOf(state, better).length > 0)
    return refuse('E_REASON_REQUIRED', 'secrets.correction: a fail names a ground of the law and a reason');
  const owed = step.owed.filter((member) => member !== asked.party);
  const event: LotEvent = { type: 'review.sheet-corrected', member: asked.party, owed };
  if (owed.length > 0) return accept([event]);
  return concluded(state, [event], { ...sheetsOf(state), [asked.party]: better }, context.at);
}

/** The majority's word on every bid, and what follows when fewer than three are left (12号令 27; 政府采购法 36). */
function concluded(state: LotState, events: LotEvent[], sheets: Readonly<Record<string, Sheet['bids']>>, at: string): Decision {
  const items = reviewItems(state).map((item) => item.id);
  const above = pricesAboveCeiling(state);
  const majority = decideByMajority(sheets, reviewedBidders(state), items);
  const result = withoutPricesAboveCeiling(state, majority.result, above);
  const derived: Record<string, JsonValue> = { review: result, fails: majority.fails };
  const left = result.valid.length;
  const counted = countedBidders(state, result.valid);
  const done: LotEvent[] = [...events, { type: 'review.concluded', at }];
  const { fewBids, thresholds } = ruleSetOf(state);
  if (left === 0) {
    // 政府采购法 36(3): whether the purchaser could pay is no question; a price above the ceiling is out.
    const isOverBudget = state.setup.regime === 'GOV_PROCUREMENT' && above.length === reviewedBidders(state).length;
    const end = isOverBudget
      ? failed(at, 'OVER_BUDGET', 'every price is above the ceiling')
      : failed(at, 'ALL_REJECTED', 'every bid was rejected');
    return accept([...done, end], derived);
  }
  if (counted >= thresholds.bidsMin) return accept([...done, openStep(stepAfter(state, 'review'), at)], derived);
  if (fewBids === 'fail')
    return accept([...done, failed(at, 'LT3_RESPONSIVE', `${left} bids are left after the review${ofBrands(left, counted)}`)], derived);
  return accept([...done, openStep('few-bids', at)], derived);
}

const ofBrands = (bids: number, brands: number): string => (bids === brands ? '' : `, of ${brands} brands of the core product`);

/** Bidders under review whose price is above the ceiling. */
const pricesAboveCeiling = (state: LotState): string[] =>
  reviewedBidders(state).filter((bidder) => decimal(openingSheetOf(state, bidder)?.price ?? '0').gt(tenderRulesOf(state).ceiling));

/** 条例 51(5), 87号令 63(4): a price above the published ceiling is out whatever members say; no one can waive it. */
function withoutPricesAboveCeiling(state: LotState, result: ReviewResult, all: readonly string[]): ReviewResult {
  const { ceiling } = tenderRulesOf(state);
  const above = result.valid.filter((bidder) => all.includes(bidder));
  const ground = state.setup.regime === 'TENDER_LAW' ? 'BELOW_COST_OR_ABOVE_CEILING' : 'ABOVE_BUDGET';
  const rejected = above.map((bidder) => ({
    bidder,
    items: [],
    grounds: [ground],
    reasons: [{ item: '', ground, reason: `> ${ceiling}` }],
  }));
  return { ...result, valid: result.valid.filter((bidder) => !above.includes(bidder)), rejected: [...result.rejected, ...rejected] };
}

/** 12号令 27, 1117号 (十三): the committee may reject all where competition is plainly lacking, and gives its reasons either way. */
function voteCompetition(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const fault = stepFault(state, asked, (step) => step === 'few-bids') ?? seatFault(state, asked.party);
  if (fault !== null) return fault;
  const { votes } = state.review.fewBids;
  if (Object.hasOwn(votes, asked.party)) return refuse('E_ALREADY_DONE', 'you have voted');
  const read = zCompetitionVote.safeParse(asked.opened['vote']);
  if (!read.success) return refuse('E_INPUT', 'secrets.vote: missing');
  const voted: LotEvent = { type: 'review.competition-voted', member: asked.party };
  const members = membersOf(state);
  const others = Object.entries(votes).map(([, seq]) => zCompetitionVote.safeParse(disclosed(state, seq, 'x:vote')));
  if (others.length + 1 < members.length) return accept([voted]);
  const against = [read, ...others].filter((vote) => vote.success && !vote.data.competitive).length;
  const outcome = isRejectedByMajority(against, members.length) ? 'REJECT_ALL' : 'CONTINUE';
  const decided: LotEvent = { type: 'review.competition-decided', outcome };
  if (outcome === 'CONTINUE') return accept([voted, decided, openStep(stepAfter(state, 'review'), context.at)]);
  const left = validBidders(state).length;
  return accept([voted, decided, failed(context.at, 'LT3_RESPONSIVE', `the committee found no competition among ${left} bids`)]);
}

/** 条例 52: asked in writing by the committee through its chair, answered by the bidder's signed message. */
function askClarification(state: LotState, asked: Of<typeof commands.zAskClarification>, context: Context): Decision {
  const fault = stepFault(state, asked, (step) => step !== 'few-bids') ?? seatFault(state, asked.party);
  if (fault !== null) return fault;
  const { clarification, bidder, dueAt } = asked.payload;
  if (state.committee.chair !== asked.party) return refuse('FORBIDDEN', 'the chair asks for the committee');
  if (!reviewedBidders(state).includes(bidder) || reviewResult(state)?.valid.includes(bidder) === false)
    return refuse('E_INPUT', `bidder: ${bidder} has no bid under review`);
  if (state.review.clarifications.some((one) => one.id === clarification)) return refuse('E_ALREADY_DONE', 'this question was asked');
  if (dueAt <= context.at) return refuse('E_INPUT', 'dueAt: lies in the past');
  return accept([{ type: 'review.clarification-asked', id: clarification, bidder, dueAt }]);
}

/** 电子招标投标办法 33. A late answer is no answer; nothing unsolicited is taken. */
function answerClarification(state: LotState, asked: Of<typeof commands.zAnswerClarification>, context: Context): Decision {
  const question = state.review.clarifications.find((one) => one.id === asked.payload.clarification);
  if (question?.bidder !== asked.party) return refuse('FORBIDDEN', 'you were not asked this');
  if (question.answeredSeq !== null) return refuse('E_ALREADY_DONE', 'this question is answered');
  if (context.at >= question.dueAt) return refuse('E_DEADLINE_PASSED', `the answer was due at ${question.dueAt}`);
  return accept([{ type: 'review.clarification-answered', id: question.id }]);
}

/** What the end of the review leads to. */
const AFTERWARDS = ['committee.step-opened', 'lot.failed'];
const CONCLUSION = ['review.concluded', ...AFTERWARDS];

const qualification = {
  'review.qualify': command({
    schema: zNothing,
    secrets: { qualification: commands.zQualification },
    roles: ['tenderer', 'agency'],
    states: ['OPENED'],
    assurance: 'certificate',
    decide: qualify,
    makes: ['review.qualified', 'lot.failed'],
    audience: { 'x:qualification': audience.seesQualification },
  }),
};

const sheets = {
  'review.submit-sheet': command({
    schema: zSubmitSheet,
    secrets: { ciphertext: zCiphertext },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'session',
    decide: submitSheet,
    audience: { 'x:ciphertext': seesCiphertext },
  }),
  'review.open-sheets': command({
    schema: zNothing,
    secrets: { masters: zMasters, 'sheet:*': zAnything },
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: openSheets,
    makes: ['review.sheets-opened', ...CONCLUSION],
    audience: {
      'x:masters': seesCiphertext,
      'x:sheet:*': audience.seesReviewSheet,
      'd:review': audience.seesFindings,
      'd:fails': audience.seesReviewSheet,
    },
  }),
  'review.correct-sheet': command({
    schema: commands.zCorrectSheet,
    secrets: { correction: commands.zSheet },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: correctSheet,
    makes: ['review.sheet-corrected', ...CONCLUSION],
    audience: { 'x:correction': audience.seesReviewSheet, 'd:review': audience.seesFindings, 'd:fails': audience.seesReviewSheet },
  }),
  'review.vote-competition': command({
    schema: zNothing,
    secrets: { vote: commands.zCompetitionVote },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: voteCompetition,
    makes: ['review.competition-voted', 'review.competition-decided', ...AFTERWARDS],
    audience: { 'x:vote': audience.seesReviewSheet },
  }),
};

const clarifications = {
  'review.ask-clarification': command({
    schema: commands.zAskClarification,
    secrets: { question: commands.zClarificationText },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: askClarification,
    audience: { 'x:question': audience.seesClarification },
  }),
  'review.answer-clarification': command({
    schema: commands.zAnswerClarification,
    secrets: { answer: commands.zClarificationText },
    roles: ['bidder'],
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: answerClarification,
    audience: { 'x:answer': audience.seesClarification },
  }),
};

export const reviewCommands = { ...qualification, ...sheets, ...clarifications };
