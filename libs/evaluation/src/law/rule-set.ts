import type { Calendar } from './calendar.js';
import type { Limit } from './limit.js';
import type { RejectionGround } from './grounds.js';

export const REGIMES = ['TENDER_LAW', 'GOV_PROCUREMENT'] as const;
export type Regime = (typeof REGIMES)[number];

/** The time limits that the rules ask for (domain.md §3.8), and those of the sessions; null where the regime has none. */
export interface Limits {
  /** Issue of the tender document → deadline, at least. 招标投标法 24, 政府采购法 35. */
  readonly submission: Limit;
  /** How long the document must be available, at least. 条例 16, 政府采购法条例 31. */
  readonly documentAvailability: Limit;
  /** Last amendment that affects bids, before the deadline, at least. 条例 21. */
  readonly amendmentBeforeDeadline: Limit;
  /** Last objection to the document, before the deadline. 条例 22. */
  readonly documentObjectionBeforeDeadline: Limit | null;
  /** Answer to an objection (异议) or challenge (质疑), at most. 条例 22, 54; 政府采购法 53. */
  readonly objectionReply: Limit;
  /** How long the announcement of the result stands: 公告期限. 87号令 69; the challenge (政府采购法条例 53(3), 94号令 10) runs from its end. */
  readonly resultNotice: Limit | null;
  /** 质疑 after the harm is known, at most. 政府采购法 52. */
  readonly challenge: Limit | null;
  /** Window for bidders to decrypt; the tender document's word, this is the default. */
  readonly decryption: Limit;
  /** Window to confirm the opening record or object. */
  readonly openingConfirmation: Limit;
  /** A member who is not at his seat this long after the opening, or after his call, has not come. A setting of local rules. */
  readonly memberArrival: Limit;
  /** 异常低价 explained, 算术修正 confirmed, at least: 财库〔2026〕2号 names 30 minutes; a setting where no law does. */
  readonly priceAnswer: Limit | null;
  /** 表决: a member who has not voted on a motion within this is counted as not for it. A setting. */
  readonly motionVote: Limit | null;
  /** Seat that does not sign the report within this is dealt with by the witness. */
  readonly reportSigning: Limit;
  /** Report → candidate publicity, at most; publicity, at least. 条例 54. */
  readonly reportToPublicity: Limit | null;
  readonly publicity: Limit | null;
  /** Meeting of the award committee after the publicity, at most. A setting of local rules. */
  readonly awardMeeting: Limit | null;
  /** A further round of its vote, and the first one of a substitute. A setting. */
  readonly awardBallot: Limit | null;
  /** Gov: report to the purchaser; winner fixed; announcement with notice. 87号令 68, 69. */
  readonly reportToPurchaser: Limit | null;
  readonly winnerDecision: Limit | null;
  readonly resultAnnouncement: Limit | null;
  /** 投标保证金 back, at most: after the contract, to bidders who did not win in procurement after the notice. 条例 57, 政府采购法条例 33. */
  readonly securityReturn: Limit | null;
  /** Notice → contract, at most. 招标投标法 46, 政府采购法 46. */
  readonly contract: Limit;
}

/** Numbers and choices of the review that a regime or jurisdiction fixes. Percentages are decimal text. */
export interface Thresholds {
  readonly bidsMin: number;
  readonly committeeMin: number;
  /** Committee from this budget on (gov: 10 M CNY → 7). */
  readonly committeeLarge: { readonly budget: string; readonly members: number } | null;
  readonly committeeWaterWorks: number | null;
  /** Experts are at least ceil(n × num / den). */
  readonly expertShare: { readonly num: number; readonly den: number };
  /** More members than n × num / den ask for time: it must be given. 条例 48. */
  readonly moreTimeShare: { readonly num: number; readonly den: number };
  readonly performanceSecurityPercentMax: string;
  /** 投标保证金, of the estimated price. Null: the rules of its day did not say. */
  readonly bidSecurityPercentMax: string | null;
  /** 投标保证金 for works, CNY. 工程建设项目施工招标投标办法 37. */
  readonly worksSecurityMax: string | null;
  readonly candidatesMax: number;
  readonly priceWeightMin: { readonly goods: string; readonly services: string } | null;
  /** Deviation from the mean of the others above which a member explains a score, in percent. */
  readonly outlierPercent: string;
  readonly lowPrice: {
    readonly ofMean: string;
    readonly ofSecondLowest: string;
    readonly ofCeiling: string;
  } | null;
  readonly awardCommitteeMin: number;
  /** Ballots that must be in for a round to be counted when its time is over: ceil(n × num / den). Null: all. */
  readonly awardQuorum: { readonly num: number; readonly den: number } | null;
  /** Rounds of one vote. */
  readonly awardTieRoundsMax: number;
}

/** 评标方法: 综合评估法, 综合评分法, 经评审的最低投标价法, 最低评标价法. */
export const EVALUATION_METHODS = ['comprehensive', 'scored', 'reviewed-lowest', 'lowest-evaluated'] as const;
export type EvaluationMethod = (typeof EVALUATION_METHODS)[number];

/** What decides between equal totals: the lower price, the higher technical score. */
export const TIE_RULES = ['price', 'technical'] as const;
export type TieRule = (typeof TIE_RULES)[number];

/** Bounds of a preference, in percent. `isOwed`: it must be given; else the document may leave it out. */
export interface Preference {
  readonly min: string;
  readonly max: string;
  readonly isOwed: boolean;
}
/**
 * 政府采购政策功能: of the quoted price where the method scores the price after deductions, of the price score where it measures quoted
 * prices. Null: none.
 */
interface Preferences {
  /** 小微企业, in a lot that is not reserved for them. 财库〔2020〕46号 9, 财库〔2022〕19号. */
  readonly smallMicro: Preference | null;
  /** 联合体, 分包 with small and micro enterprises, where the lot takes them. The same. */
  readonly smallPartner: Preference | null;
  /** 本国产品, a deduction from the price only. 国办发〔2025〕34号. */
  readonly domestic: Preference | null;
}
/** What is bought, as far as preferences differ by it. */
export type Purchase = 'works' | 'goods' | 'services';

/** One version of the law for one place. Resolved and frozen on the lot at publication; never read again while the lot runs. */
export interface RuleSet {
  readonly id: string;
  readonly regime: Regime;
  readonly jurisdiction: string;
  /** First date (China) of publication of the tender document this applies to. */
  readonly effectiveFrom: string;
  readonly calendar: Calendar;
  readonly limits: Limits;
  readonly thresholds: Thresholds;
  readonly grounds: readonly RejectionGround[];
  readonly qualificationBy: 'committee' | 'purchaser';
  /** Fewer than three bids left after the review: the committee's reasoned choice, or the end. 12号令 27; 政府采购法 36. */
  readonly fewBids: 'committee-choice' | 'fail';
  readonly methods: readonly EvaluationMethod[];
  /** Kinds of price methods that are lawful here. */
  readonly priceRules: readonly string[];
  readonly representativeMayChair: boolean;
  readonly candidatePublicity: boolean;
  readonly separationAllowed: boolean;
  readonly memberTrimAllowed: boolean;
  /** Tie rules that the law itself sets after the total; then come the document's, then a draw. */
  readonly ties: readonly TieRule[];
  readonly preferences: Readonly<Record<Purchase, Preferences>>;
}
