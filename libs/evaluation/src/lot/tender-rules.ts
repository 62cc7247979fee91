import { zName } from '@app/contracts';
import { z } from 'zod';
import { zPrice } from '../kernel/fields.js';
import { zAwardRule } from '../award/methods/index.js';
import { EVALUATION_METHODS, TIE_RULES } from '../law/rule-set.js';
import { zNotNegative, zPositive, zPriceRule } from '../scoring/methods/index.js';
import { zBlindFormat } from './blind-format.js';
import { zOpeningForm } from './opening-form.js';
import { zScoreItem } from './score-items.js';

/** 招标文件 as data: everything that decides an award, fixed at publication. All prices in CNY with two decimals. */

/** A pass/fail item of the preliminary review (初步评审 / 符合性审查). */
const zReviewItem = z.strictObject({
  id: zName,
  title: z.string().min(1).max(200),
  kind: z.enum(['formal', 'qualification', 'responsiveness']),
});

/** Preferences of policy (domain.md §4.1), in percent; 0: none. Each is taken of the quoted price, or added to the score that it got. */
const zDeductions = z.strictObject({
  smallMicro: zNotNegative,
  /** For bidders in consortium with small and micro enterprises, or with subcontracts to them, of 30 % and more. Absent: the lot takes none. */
  smallPartner: zNotNegative.exactOptional(),
  domestic: zNotNegative,
});

/** 投标保证金: money, or a guarantee (保函) of a bank, a guarantee company or an insurer. */
export const SECURITY_FORMS = ['TRANSFER', 'BANK_GUARANTEE', 'SURETY_GUARANTEE', 'INSURANCE'] as const;
export const zSecurityForm = z.enum(SECURITY_FORMS);
export type SecurityForm = z.infer<typeof zSecurityForm>;
/** Who bids gives `amount`, CNY, in one of these forms before the deadline for bids. */
const zBidSecurity = z.strictObject({ amount: zPrice, forms: z.array(zSecurityForm).min(1).max(SECURITY_FORMS.length) });
export type BidSecurityRule = z.infer<typeof zBidSecurity>;

const zDecimals = z.int().min(0).max(6);

/** What the law ties something to, besides the kind of project. */
export const zLotFacts = z.strictObject({
  /** 采购预算, CNY. Procurement law asks for it. */
  budget: zPositive.nullable(),
  /** 技术复杂 and 社会影响较大: a larger committee (87号令 47). */
  isComplex: z.boolean(),
  hasSocialImpact: z.boolean(),
  /** 专门面向中小企业: small bidders are preferred by who may bid, not by their price (财库〔2020〕46号 9). */
  isReserved: z.boolean(),
});
export type LotFacts = z.infer<typeof zLotFacts>;
/** A lot that says nothing of the kind. */
export const NO_FACTS: LotFacts = { budget: null, isComplex: false, hasSocialImpact: false, isReserved: false };

export const zTenderRules = z.strictObject({
  facts: zLotFacts,
  /** 综合评估法, 综合评分法; 经评审的最低投标价法 (12号令 29), 最低评标价法 (87号令 54): the last two score nothing and go by the evaluated price. */
  method: z.enum(EVALUATION_METHODS),
  ceiling: zPrice,
  price: zPriceRule,
  deductions: zDeductions.nullable(),
  review: z.array(zReviewItem).min(1).max(100),
  /** None where the lowest evaluated price is first and the document adjusts nothing. */
  items: z.array(zScoreItem).max(200),
  /** Prices stay locked until technical scores are (两步开启). */
  twoEnvelope: z.boolean(),
  /** 去掉最高最低 of members' part totals, per bidder; 0/0 for none. */
  memberTrim: z.strictObject({ low: z.int().min(0).max(3), high: z.int().min(0).max(3) }),
  /** Decimals that a figure is rounded to before it goes on; absent: rounded once at the end (the total). */
  rounding: z
    .strictObject({ benchmark: zDecimals.exactOptional(), priceScore: zDecimals.exactOptional(), parts: zDecimals.exactOptional() })
    .exactOptional(),
  candidates: z.int().min(1).max(10),
  /** The document's own order between equal totals, after what the law sets; a draw on the record decides what is left (87号令 68). */
  ties: z.array(z.enum(TIE_RULES)).max(TIE_RULES.length),
  committee: z.strictObject({ members: z.int().min(3).max(25), representatives: z.int().min(0).max(8) }),
  /** 评标委员会负责人: the members elect him, or the tenderer names one of them (12号令 9; not in procurement). Absent: elected. */
  chair: z.enum(['elected', 'designated']).exactOptional(),
  award: zAwardRule,
  /** 国有资金占控股或者主导地位的依法必须进行招标的项目: rank 1 gets it (条例 55), else the tenderer chooses (招标投标法 40). Absent: it is one. */
  stateMandated: z.boolean().exactOptional(),
  /** 核心产品: where bids offer one brand of it they count as one bidder (87号令 31). Absent: none is named. */
  coreProduct: z.string().min(1).max(200).exactOptional(),
  /** 履约保证金: percent of the price, and days from the award notice within which it is given (招标投标法 46). Absent: none is asked for. */
  performanceSecurity: z.strictObject({ percent: zNotNegative, days: z.int().min(1).max(30) }).exactOptional(),
  /** 暗标格式 of the technical part. Absent: it is no blind one. */
  blindFormat: zBlindFormat.exactOptional(),
  /** 投标保证金 (条例 26). Absent: none is asked for. */
  bidSecurity: zBidSecurity.exactOptional(),
  /** 开标记录模板. Absent: everything of the sheets is read out, under the usual words. */
  openingForm: zOpeningForm.exactOptional(),
});
export type TenderRules = z.infer<typeof zTenderRules>;
