import type { Decimal } from '../kernel/decimal.js';
import type { TieRule } from '../law/rule-set.js';

export interface Contender {
  readonly party: string;
  /** As published: rounded to the lot's decimals, so that equal published totals are a tie for everybody. */
  readonly total: Decimal;
  /** 评标价, rounded likewise. */
  readonly evaluated: Decimal;
  readonly price: Decimal;
  readonly technical: Decimal;
  /** Place in the lot's draw, as text that sorts; no two are equal. */
  readonly place: string;
}

export interface Placed {
  readonly party: string;
  /** 1 is best; nobody shares a place. */
  readonly rank: number;
  /** The rule that put this bidder behind the one before him; null for the first. */
  readonly by: 'total' | 'evaluated-price' | TieRule | 'draw' | null;
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const COMPARE: Readonly<Record<NonNullable<Placed['by']>, (a: Contender, b: Contender) => number>> = {
  total: (a, b) => b.total.comparedTo(a.total),
  'evaluated-price': (a, b) => a.evaluated.comparedTo(b.evaluated),
  price: (a, b) => a.price.comparedTo(b.price),
  technical: (a, b) => b.technical.comparedTo(a.technical),
  draw: (a, b) => text(a.place, b.place),
};

/**
 * 排名: total (or, where nobody has points, evaluated price, the lowest first), then the tie rules in their order (the law's, 87号令 57, then the document's), then the witnessed draw (87号令 68). So there
 * is one first, nobody chooses among equals, and never more candidates than the document says.
 */
export function rank(contenders: readonly Contender[], ties: readonly TieRule[], ranksBy: 'total' | 'evaluated-price' = 'total'): Placed[] {
  const rules = [ranksBy, ...ties, 'draw'] as const;
  const deciding = (a: Contender, b: Contender): Placed['by'] => rules.find((rule) => COMPARE[rule](a, b) !== 0) ?? null;
  const sorted = [...contenders].sort((a, b) => {
    const rule = deciding(a, b);
    return rule === null ? 0 : COMPARE[rule](a, b);
  });
  return sorted.map((contender, index) => {
    const before = sorted[index - 1];
    return { party: contender.party, rank: index + 1, by: before === undefined ? null : deciding(before, contender) };
  });
}

/**
 * 87号令 31: of the bids of one brand the best total may be recommended; between equal totals the document's rule decides, then the draw,
 * and the law's own tie rules do not. Who yields → to whom.
 */
export function yieldingOf(
  contenders: readonly (Contender & { readonly brand: string | null })[],
  ties: readonly TieRule[],
  ranksBy: 'total' | 'evaluated-price' = 'total',
): Map<string, string> {
  const yielding = new Map<string, string>();
  for (const brand of new Set(contenders.flatMap((one) => one.brand ?? []))) {
    const [best, ...others] = rank(
      contenders.filter((one) => one.brand === brand),
      ties,
      ranksBy,
    );
    for (const { party } of others) if (best !== undefined) yielding.set(party, best.party);
  }
  return yielding;
}
