import type { ErrorCode } from '@app/contracts';
import { decimal, sum } from '../kernel/decimal.js';
import type { LotState } from '../kernel/state.js';
import { compositionFault } from '../law/composition.js';
import type { EvaluationMethod, Preference, Purchase, RuleSet } from '../law/rule-set.js';
import { awardMethodOf } from '../award/methods/index.js';
import { priceMethodOf } from '../scoring/methods/index.js';
import { BLIND_PAPERS } from './blind-format.js';
import { fullPointsOf, itemFault } from './score-items.js';
import type { TenderRules } from './tender-rules.js';

/** Something that keeps a lot from being published. */
export interface PublicationFault {
  readonly code: ErrorCode;
  readonly message: string;
}
export const fault = (code: ErrorCode, message: string): PublicationFault => ({ code, message });

/** The first thing that the law of this lot does not allow in a tender document, or null. */
export const rulesFault = (state: LotState, rules: TenderRules, ruleSet: RuleSet): PublicationFault | null =>
  rulesFaults(state, rules, ruleSet)[0] ?? null;

/** The first thing of each kind. */
export const rulesFaults = ({ setup: { projectType } }: LotState, rules: TenderRules, ruleSet: RuleSet): readonly PublicationFault[] =>
  [
    methodFault(rules, ruleSet, projectType),
    awardFault(rules, ruleSet),
    moneyFault(rules, ruleSet),
    bidSecurityFault(rules, ruleSet, projectType),
    preferencesFault(rules, ruleSet.preferences[purchaseOf(projectType)]),
    itemsFault(rules),
    blindFault(rules),
    committeeFault(rules, ruleSet, projectType),
    formFault(rules),
  ].flatMap((found) => found ?? []);

function formFault({ openingForm }: TenderRules): PublicationFault | null {
  if (openingForm === undefined) return null;
  const fields = openingForm.columns.map(({ field }) => field);
  if (new Set(fields).size !== fields.length) return fault('E_INPUT', 'rules.openingForm.columns: a field stands there twice');
  // 招标投标法 36, 87号令 41: the price is read out, whatever else is.
  return fields.includes('price') ? null : fault('E_INPUT', 'rules.openingForm.columns: the price is missing');
}

const purchaseOf = (projectType: string): Purchase => (projectType === 'goods' || projectType === 'services' ? projectType : 'works');

/** Methods that rank by the evaluated price. */
const LOWEST_METHODS: readonly EvaluationMethod[] = ['reviewed-lowest', 'lowest-evaluated'];

function methodFault(rules: TenderRules, ruleSet: RuleSet, projectType: string): PublicationFault | null {
  // B-025: the method fits the regime (政府采购法条例 34; 87号令 53, 55).
  if (!ruleSet.methods.includes(rules.method)) return fault('E_INPUT', `rules.method: ${rules.method} is not lawful here`);
  if (!ruleSet.priceRules.includes(rules.price.kind)) return fault('E_INPUT', `rules.price: ${rules.price.kind} is not lawful here`);
  const { ranksBy } = priceMethodOf(rules.price);
  if ((ranksBy === 'evaluated-price') !== LOWEST_METHODS.includes(rules.method))
    return fault('E_INPUT', `rules.price: ${rules.price.kind} does not go with the method ${rules.method}`);
  const wrong = priceMethodOf(rules.price).fault(rules.price);
  if (wrong !== null) return fault('E_INPUT', `rules.price.${wrong}`);
  if (awardMethodOf(rules.award).tally !== undefined && !ruleSet.separationAllowed) {
    return fault('E_SEPARATION_NOT_ALLOWED', 'national law knows no separation of evaluation and award here');
  }
  if (rules.coreProduct !== undefined && ruleSet.regime !== 'GOV_PROCUREMENT')
    return fault('E_INPUT', 'rules.coreProduct: one brand counts as one bidder in procurement only (87号令 31)');
  if (rules.candidates > ruleSet.thresholds.candidatesMax) return fault('E_INPUT', 'rules.candidates: more than three');
  const ties = [...ruleSet.ties, ...rules.ties];
  const twice = ties.find((tie, index) => ties.indexOf(tie) !== index);
  if (twice !== undefined)
    return fault('E_INPUT', `rules.ties: ${twice} decides once; the law begins with ${ruleSet.ties.join(', ') || 'none'}`);
  const floor = ruleSet.thresholds.priceWeightMin?.[projectType === 'services' ? 'services' : 'goods'];
  // 87号令 55: at least so much, and no price factor at all where the price is fixed.
  if (floor !== undefined && ranksBy === 'total' && priceMethodOf(rules.price).preference !== 'none' && pricePoints(rules).lt(floor))
    return fault('E_INPUT', `rules.price.weight: at least ${floor}`);
  return null;
}

function awardFault({ award, candidates, performanceSecurity }: TenderRules, { thresholds }: RuleSet): PublicationFault | null {
  // 条例 58: at most ten percent of the contract's price.
  if (performanceSecurity !== undefined && decimal(performanceSecurity.percent).gt(thresholds.performanceSecurityPercentMax))
    return fault('E_INPUT', `rules.performanceSecurity.percent: more than ${thresholds.performanceSecurityPercentMax}`);
  const method = awardMethodOf(award);
  if (method.tally === undefined) return null;
  // domain.md §8.2: a committee that could never be formed, a vote that has nothing to choose.
  const members = method.committeeSize(award);
  if (members < thresholds.awardCommitteeMin)
    return fault('E_COMMITTEE_SIZE', `rules.award: at least ${thresholds.awardCommitteeMin} members`);
  if (members % 2 === 0) return fault('E_COMMITTEE_EVEN', 'rules.award: an award committee has an odd number of members');
  return candidates < 2 ? fault('E_INPUT', 'rules.candidates: a vote needs two candidates at least') : null;
}

const pricePoints = ({ price }: Pick<TenderRules, 'price'>): ReturnType<typeof decimal> => decimal(priceMethodOf(price).fullMarks(price));

function moneyFault({ ceiling, facts: { budget } }: TenderRules, { regime }: RuleSet): PublicationFault | null {
  if (decimal(ceiling).lte(0)) return fault('E_INPUT', 'rules.ceiling: not positive');
  if (budget === null) return regime === 'GOV_PROCUREMENT' ? fault('E_INPUT', 'rules.facts.budget: a procurement names its budget') : null;
  // 87号令 12: the ceiling is set within the budget.
  return decimal(ceiling).gt(budget) ? fault('E_INPUT', `rules.ceiling: above the budget of ${budget}`) : null;
}

/**
 * 投标保证金: at most two percent of the estimated price (条例 26), of the budget in procurement (政府采购法实施条例 33), and for works no more
 * than a fixed sum (工程建设项目施工招标投标办法 37). Where no estimate is named the ceiling stands for it, which is never above it.
 */
function bidSecurityFault(
  { bidSecurity, ceiling, facts: { budget } }: TenderRules,
  { regime, thresholds: { bidSecurityPercentMax: percent, worksSecurityMax } }: RuleSet,
  projectType: string,
): PublicationFault | null {
  if (bidSecurity === undefined) return null;
  if (percent === null) return fault('E_INPUT', 'rules.bidSecurity: not known to the rules that this lot was published under');
  if (new Set(bidSecurity.forms).size !== bidSecurity.forms.length) return fault('E_INPUT', 'rules.bidSecurity.forms: one is named twice');
  const amount = decimal(bidSecurity.amount);
  const base = budget ?? ceiling;
  const most = decimal(base).times(percent).div(100);
  const article = regime === 'GOV_PROCUREMENT' ? '政府采购法实施条例 33' : '招标投标法实施条例 26';
  if (amount.gt(most))
    return fault('E_INPUT', `rules.bidSecurity.amount: more than ${most.toFixed()}, ${percent} % of ${base} (${article})`);
  if (worksSecurityMax === null || purchaseOf(projectType) !== 'works' || amount.lte(worksSecurityMax)) return null;
  return fault('E_INPUT', `rules.bidSecurity.amount: more than ${worksSecurityMax} for works (工程建设项目施工招标投标办法 37)`);
}

/** domain.md §4.1: rates within the bounds of the rule set, and none that would leave nothing of a price. */
export function preferencesFault(
  { deductions, facts, price }: Pick<TenderRules, 'deductions' | 'facts' | 'price'>,
  { smallMicro, smallPartner, domestic }: RuleSet['preferences'][Purchase],
): PublicationFault | null {
  const given: NonNullable<TenderRules['deductions']> = deductions ?? { smallMicro: '0', domestic: '0' };
  // 46号 9: only lots that are not reserved for small and medium enterprises prefer them by their price.
  const { preference } = priceMethodOf(price);
  const isNeedless = facts.isReserved ? ' in a reserved lot' : preference === 'none' ? ' where the price is no factor' : null;
  const small = preferenceFault(given.smallMicro, isNeedless === null ? smallMicro : null);
  if (small !== null) return fault('E_INPUT', `rules.deductions.smallMicro: ${small}${isNeedless ?? ''}`);
  const partner = preferenceFault(given.smallPartner ?? '0', isNeedless === null ? smallPartner : null);
  if (partner !== null) return fault('E_INPUT', `rules.deductions.smallPartner: ${partner}${isNeedless ?? ''}`);
  const isDeducted = preference === 'deduction';
  const home = preferenceFault(given.domestic, isDeducted ? domestic : null);
  if (home !== null)
    return fault(
      'E_INPUT',
      `rules.deductions.domestic: ${home}${isDeducted ? '' : `: ${price.kind} ${preference === 'bonus' ? 'measures quoted prices' : 'gives no points'}`}`,
    );
  if (decimal(given.smallMicro).plus(given.domestic).gte(100)) return fault('E_INPUT', 'rules.deductions: nothing is left of a price');
  return null;
}

function preferenceFault(rate: string, bounds: Preference | null): string | null {
  const value = decimal(rate);
  if (bounds === null) return value.isZero() ? null : 'no rate is lawful';
  if (value.isZero() && !bounds.isOwed) return null;
  const isWithin = value.gte(bounds.min) && value.lte(bounds.max);
  return isWithin ? null : `${bounds.min} to ${bounds.max} percent`;
}

/** A-62, A-63: numbers, ranges, types and the sum of points. */
export function itemsFault(rules: Pick<TenderRules, 'review' | 'items' | 'price' | 'method'>): PublicationFault | null {
  // A-62: no number twice.
  const ids = [...rules.review, ...rules.items].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return fault('E_INPUT', 'rules.items: an id is used twice');
  for (const item of rules.items) {
    const wrong = itemFault(item);
    if (wrong !== null) return fault('E_INPUT', `rules.items.${item.id}: ${wrong}`);
  }
  const isByPrice = priceMethodOf(rules.price).ranksBy === 'evaluated-price';
  // 12号令 32: what is not 价格 is only passed or failed there; a price is adjusted nowhere else, and in procurement not at all (87号令 54).
  const stray = rules.items.find(({ type }) => (type?.kind === 'ADJUSTMENT') !== (isByPrice && rules.method === 'reviewed-lowest'));
  if (stray !== undefined)
    return fault(
      'E_INPUT',
      `rules.items.${stray.id}: ${isByPrice ? 'the lowest evaluated price is first, and no points count' : 'adjusts a price, which has points here'}`,
    );
  if (isByPrice) return null;
  const points = sum(rules.items.map(fullPointsOf)).plus(pricePoints(rules));
  return points.eq(100) ? null : fault('E_INPUT', `rules: the points add to ${points.toFixed()}, not to 100`);
}

/** A format that asks for something, of a part that is judged, on a page that has room. */
function blindFault({ blindFormat, items }: TenderRules): PublicationFault | null {
  if (blindFormat === undefined) return null;
  if (!items.some(({ part }) => part === 'technical')) return fault('E_INPUT', 'rules.blindFormat: no technical part is scored');
  const { breach: _, paper, pagesMax, margins, fonts, sizes, ...flags } = blindFormat;
  const isAsking = [paper, pagesMax, margins].some((asked) => asked !== null) || fonts.length + sizes.length > 0;
  if (!isAsking && !Object.values(flags).includes(true)) return fault('E_INPUT', 'rules.blindFormat: asks for nothing');
  if (margins === null) return null;
  const { width, height } = BLIND_PAPERS[paper ?? 'A4'];
  const { left, right, top, bottom } = margins;
  const hasRoom = decimal(left).plus(right).lt(width) && decimal(top).plus(bottom).lt(height);
  return hasRoom ? null : fault('E_INPUT', 'rules.blindFormat.margins: leave nothing of the page');
}

function committeeFault(rules: TenderRules, ruleSet: RuleSet, projectType: string): PublicationFault | null {
  const { committee, facts, memberTrim } = rules;
  // 招标投标法 37, 87号令 47: odd, at least five (seven), at least two thirds experts (B-020, B-021, B-022).
  const code = compositionFault(ruleSet, { ...committee, facts, waterWorks: projectType === 'water-works' });
  if (code !== null) return fault(code, `a committee of ${committee.members} with ${committee.representatives} representatives`);
  if (rules.chair === 'designated' && ruleSet.regime !== 'TENDER_LAW')
    return fault('E_INPUT', 'rules.chair: in procurement the members elect their chair');
  const dropped = memberTrim.low + memberTrim.high;
  if (dropped > 0 && !ruleSet.memberTrimAllowed) return fault('E_INPUT', 'rules.memberTrim: scores may not be dropped here');
  return dropped < committee.members ? null : fault('E_INPUT', `rules.memberTrim: ${dropped} of ${committee.members} scores leave none`);
}
