import type { JsonObject, JsonValue } from '@app/contracts';
import { isRepresentative, membersOf, presenceOf } from '../committee/index.js';
import { ruleSetOf, tenderRulesOf, SCORE_PARTS } from '../lot/index.js';
import { disclosed, isObject, type LotState, own } from '../kernel/state.js';
import { openingSheetOf } from '../opening/index.js';
import { reviewFails, reviewResult } from '../review/index.js';
import { answerDue, findingsOf, markedPrices } from '../motions/index.js';
import { memberScoresOf, resultOf } from '../scoring/index.js';

/**
 * 评标报告, whole, from the record: what 12号令 42 (tender law) and 87号令 58 (gov) ask for. Parties stand under their pseudonyms;
 * names are in the entries' `who` and open when the law opens them. Same log, same report, to the byte.
 */
export function reportContent(state: LotState): JsonObject {
  const { setup } = state;
  const rules = tenderRulesOf(state);
  const result = resultOf(state);
  return {
    v: 1,
    origin: state.origin,
    lot: state.lot,
    round: state.round,
    code: setup.code,
    name: setup.name,
    regime: setup.regime,
    jurisdiction: setup.jurisdiction,
    ruleSet: ruleSetOf(state).id,
    ruleSetHash: setup.ruleSetHash,
    documentPackage: setup.documentPackage,
    publishedAt: setup.publishedAt,
    amendments: setup.amendments.map(({ number, at, package: hash, summary }) => ({ number, at, package: hash, summary })),
    method: rules.method,
    criteria: { price: rules.price, items: rules.items, review: rules.review, memberTrim: rules.memberTrim, deductions: rules.deductions },
    committee: committeeContent(state),
    opening: openingContent(state),
    qualification: qualificationContent(state),
    review: reviewResult(state) ?? null,
    fails: reviewFails(state) ?? null,
    fewBids: fewBidsContent(state),
    clarifications: clarificationContent(state),
    lowPrices: lowPriceContent(state),
    motions: motionsContent(state),
    findings: findingsOf(state).map((finding) => ({ ...finding })),
    settlements: settlementContent(state),
    result: result ?? null,
    memberScores: memberScoresOf(state) ?? null,
    candidates: candidateContent(state),
  };
}

function committeeContent(state: LotState): JsonObject {
  return {
    chair: state.committee.chair,
    members: membersOf(state).map((party) => ({
      party,
      kind: isRepresentative(state, party) ? 'representative' : 'expert',
      venue: presenceOf(state, party)?.venue ?? null,
      seat: presenceOf(state, party)?.seat ?? null,
      signedInAt: presenceOf(state, party)?.signedInAt ?? null,
    })),
    excused: Object.entries(state.committee.excused).map(([party, { at, cause }]) => ({ party, at, cause })),
    reEvaluations: state.setup.reEvaluations.map(({ at, ground, committee }) => ({ at, ground, committee })),
  };
}

function openingContent(state: LotState): JsonObject {
  const bids = Object.values(state.bidding.bids).map(({ bid, bidder, deliveredAt }) => ({
    bidder,
    name: own(state.opening.names, bidder) ?? null,
    deliveredAt,
    status: own(state.opening.bids, bid)?.status ?? 'LOCKED',
    price: openingSheetOf(state, bidder)?.price ?? null,
  }));
  return { startedAt: state.opening.startedAt, record: state.opening.record?.hash ?? null, k: state.opening.coefficient.value, bids };
}

function qualificationContent(state: LotState): JsonValue {
  const { qualification } = state.review;
  return qualification === null ? null : (disclosed(state, qualification.seq, 'x:qualification') ?? null);
}

function fewBidsContent(state: LotState): JsonValue {
  const { votes, outcome } = state.review.fewBids;
  if (outcome === null) return null;
  return { outcome, votes: Object.entries(votes).map(([member, seq]) => ({ member, vote: disclosed(state, seq, 'x:vote') ?? null })) };
}

const clarificationContent = (state: LotState): JsonObject[] =>
  state.review.clarifications.map(({ id, bidder, askedSeq, answeredSeq }) => ({
    id,
    bidder,
    question: disclosed(state, askedSeq, 'x:question') ?? null,
    answer: answeredSeq === null ? null : (disclosed(state, answeredSeq, 'x:answer') ?? null),
  }));

/** 财库〔2026〕2号: which bids the rule set marks as abnormally low; a mark is a reason to ask, not a verdict. */
const lowPriceContent = (state: LotState): JsonValue =>
  ruleSetOf(state).thresholds.lowPrice === null
    ? null
    : markedPrices(state).map(({ bidder, triggers }) => ({ party: bidder, triggers: [...triggers] }));

/** 表决事项: what was proposed, who voted how, what the bidder answered, and what came of it (12号令 42, 财库〔2026〕2号). */
const motionsContent = (state: LotState): JsonObject[] =>
  state.motions.list.map(({ id, at, seq, proposer, votes, outcome, asked }) => ({
    id,
    at,
    proposer,
    motion: disclosed(state, seq, 'x:motion') ?? null,
    votes: Object.entries(votes).map(([member, entry]) => ({ member, vote: disclosed(state, entry, 'x:vote') ?? null })),
    outcome,
    ...(asked === null
      ? {}
      : {
          asked: {
            bidder: asked.bidder,
            dueAt: answerDue(state, asked),
            answer: asked.closed?.isAnswered === true ? (disclosed(state, asked.closed.seq, 'x:answer') ?? null) : null,
          },
        }),
  }));

/** Every open act after sheets were opened: corrections, confirmations with evidence, reasons for outliers (87号令 64). */
function settlementContent(state: LotState): JsonObject[] {
  const steps = [
    { step: 'review', of: state.review.sheets },
    ...SCORE_PARTS.map((part) => ({ step: `scores:${part}`, of: state.scoring.parts[part] })),
  ];
  return steps.flatMap(({ step, of }) =>
    Object.entries(of.corrections).flatMap(([member, seqs]) =>
      seqs.map((seq) => {
        const acts = ['correction', 'confirmation', 'explanation'].flatMap((kind) => {
          const content = disclosed(state, seq, `x:${kind}`);
          return isObject(content) ? [{ kind, content }] : [];
        });
        return { step, member, seq, acts };
      }),
    ),
  );
}

function candidateContent(state: LotState): JsonObject[] {
  const result = resultOf(state);
  if (result === null) return [];
  return result.rows
    .filter((row) => result.candidates.includes(row.party))
    .map(({ party, rank, price, total }) => ({ party, rank, price, total }));
}
