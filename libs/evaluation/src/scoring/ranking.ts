import type { Decimal } from '../kernel/decimal.js';
import { need } from '../kernel/need.js';
import type { RuleSet } from '../law/rule-set.js';

export interface Contender {
  readonly party: string;
  /** As published: rounded to the lot's decimals, so that equal published totals are a tie for everybody. */
  readonly total: Decimal;
  readonly price: Decimal;
  readonly technical: Decimal;
}

export interface Placed {
  readonly party: string;
  /** 1 is best; co-ranked bidders share a number and the next number is skipped. */
  readonly rank: number;
  /** The rule that put this bidder behind the one before him; null for the first. */
  readonly by: 'total' | 'price' | 'technical' | 'draw' | 'co-ranked' | null;
}

/**
 * 排名: total, then the regime's tie rules in order (gov: price, then co-ranked, 87号令 57; tender law: price, technical, draw).
 * `drawPlace` gives a bidder's place in the lot's witnessed draw; without one, tied bidders stay co-ranked.
 */
export function rank(contenders: readonly Contender[], ties: RuleSet['ties'], drawPlace: ((party: string) => string) | null): Placed[] {
  const rules: Record<RuleSet['ties'][number], (a: Contender, b: Contender) => number> = {
    price: (a, b) => a.price.comparedTo(b.price),
    technical: (a, b) => b.technical.comparedTo(a.technical),
    draw: (a, b) => (drawPlace === null ? 0 : text(drawPlace(a.party), drawPlace(b.party))),
  };
  const compare = (a: Contender, b: Contender): { order: number; by: Placed['by'] } => {
    const total = b.total.comparedTo(a.total);
    if (total !== 0) return { order: total, by: 'total' };
    for (const tie of ties) {
      const order = rules[tie](a, b);
      if (order !== 0) return { order, by: tie };
    }
    return { order: 0, by: 'co-ranked' };
  };
  const sorted = [...contenders].sort((a, b) => compare(a, b).order || text(a.party, b.party));
  const placed: Placed[] = [];
  sorted.forEach((contender, index) => {
    const before = sorted[index - 1];
    const { order, by } = before === undefined ? { order: -1, by: null } : compare(before, contender);
    placed.push({ party: contender.party, rank: order === 0 ? need(placed[index - 1]).rank : index + 1, by });
  });
  return placed;
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
