import { z } from 'zod';
import { capitalAmount } from '../bidding/index.js';
import { decimal, fixed, rounded, sum } from '../kernel/decimal.js';
import { zMoney, zPrice } from '../kernel/fields.js';
import { zPositive } from '../scoring/methods/index.js';

/** A line of the priced bill: what it says, as the bid says it. */
const zLine = z.strictObject({ item: z.string().min(1).max(200), quantity: zPositive, unitPrice: zPositive, stated: zMoney });
const zLines = z.array(zLine).min(1).max(500);

/**
 * 算术修正 (12号令 19; 87号令 59), by the rule that applies. `amount` is the figure that governs: the one in words, in Chinese, or of the
 * opening sheet; the price itself is never typed in but computed.
 */
export const zCorrectionRule = z.discriminatedUnion('rule', [
  /** 大写金额与小写金额不一致的，以大写金额为准. */
  z.strictObject({ rule: z.literal('WORDS_OVER_FIGURES'), words: z.string().min(2).max(80), amount: zPrice }),
  /** 单价与数量的乘积与总价不一致的，以单价为准: tender law, and 87号令 59 ④. */
  z.strictObject({ rule: z.literal('UNIT_PRICE_OVER_TOTAL'), lines: zLines }),
  /** 单价金额小数点或者百分比有明显错位的，以开标一览表的总价为准，并修改单价. */
  z.strictObject({ rule: z.literal('DECIMAL_SLIP'), lines: zLines }),
  /** 开标一览表与投标文件相应内容不一致的，以开标一览表为准 (87号令 59 ①). */
  z.strictObject({ rule: z.literal('SHEET_OVER_BODY'), body: zPrice }),
  /** 文字文本以中文为准 (12号令 19). */
  z.strictObject({ rule: z.literal('CHINESE_OVER_OTHER'), amount: zPrice }),
]);
export type CorrectionRule = z.infer<typeof zCorrectionRule>;

/** What a correction comes to: the price that binds once the bidder confirms it, and unit prices that it changes. */
export interface Correction {
  readonly price: string;
  readonly unitPrices: readonly { readonly item: string; readonly unitPrice: string }[];
}

const LAW = {
  TENDER_LAW: ['WORDS_OVER_FIGURES', 'UNIT_PRICE_OVER_TOTAL', 'DECIMAL_SLIP', 'CHINESE_OVER_OTHER'],
  GOV_PROCUREMENT: ['SHEET_OVER_BODY', 'WORDS_OVER_FIGURES', 'DECIMAL_SLIP', 'UNIT_PRICE_OVER_TOTAL'],
} as const;

/** Rules of the law in the order in which they go before each other. */
export const correctionRules = (regime: keyof typeof LAW): readonly CorrectionRule['rule'][] => LAW[regime];

/** 元 and 圆, 整 and 正 are one to the reader of an amount. */
const plain = (words: string): string =>
  words
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replaceAll('圆', '元')
    .replace(/正$/u, '整')
    .replace(/^人民币/u, '');

/** A unit price that is off by a power of ten, or by a percent read as a number. */
const SLIPS = [-4, -3, -2, -1, 1, 2, 3, 4].map((power) => decimal(10).pow(power));

/** The corrected price of a bid with this price, or what does not fit, as `<field>: <reason>`. */
export function correctionOf(given: CorrectionRule, price: string): Correction | string {
  const unchanged = fixed(decimal(price));
  switch (given.rule) {
    case 'WORDS_OVER_FIGURES':
      if (plain(given.words) !== capitalAmount(given.amount))
        return `words: ${given.amount} is written ${capitalAmount(given.amount) ?? 'otherwise'}`;
      return changed(given.amount, price);
    case 'CHINESE_OVER_OTHER':
      return changed(given.amount, price);
    case 'SHEET_OVER_BODY':
      return decimal(given.body).eq(price) ? 'body: says what the opening sheet says' : { price: unchanged, unitPrices: [] };
    case 'UNIT_PRICE_OVER_TOTAL': {
      const right = given.lines.find(({ quantity, unitPrice, stated }) => productOf(quantity, unitPrice).eq(stated));
      if (right !== undefined) return `lines: ${right.item} says what its unit price comes to`;
      const slipped = given.lines.find(isSlip);
      if (slipped !== undefined)
        return `lines: the unit price of ${slipped.item} is off by its decimal point, so its total stands (DECIMAL_SLIP)`;
      const differences = given.lines.map(({ quantity, unitPrice, stated }) => productOf(quantity, unitPrice).minus(stated));
      return changed(decimal(price).plus(sum(differences)).toFixed(), price);
    }
    case 'DECIMAL_SLIP': {
      const whole = given.lines.find((line) => !isSlip(line));
      if (whole !== undefined) return `lines: the unit price of ${whole.item} is not off by its decimal point`;
      const unitPrices = given.lines.map(({ item, quantity, stated }) => ({ item, unitPrice: decimal(stated).div(quantity).toFixed() }));
      return { price: unchanged, unitPrices };
    }
  }
}

/** To the cent, as money is. */
const productOf = (quantity: string, unitPrice: string): ReturnType<typeof decimal> => rounded(decimal(quantity).times(unitPrice));

const isSlip = ({ quantity, unitPrice, stated }: z.infer<typeof zLine>): boolean =>
  SLIPS.some((by) => productOf(quantity, decimal(unitPrice).times(by).toFixed()).eq(stated));

function changed(amount: string, price: string): Correction | string {
  if (decimal(amount).lte(0)) return 'lines: nothing is left of the price';
  return decimal(amount).eq(price) ? 'amount: is the price already' : { price: fixed(decimal(amount)), unitPrices: [] };
}
