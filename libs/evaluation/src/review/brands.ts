import { tenderRulesOf } from '../lot/index.js';
import type { LotState } from '../kernel/state.js';
import { openingSheetOf } from '../opening/index.js';

/**
 * 87号令 31: bids that offer one brand of the core product (核心产品) count as one bidder. The brand as the opening sheet says it, without
 * regard to case and spaces; whoever names none is of one brand with all who name none. Null where the document names no core product.
 */
export function brandOf(state: LotState, bidder: string): string | null {
  if (tenderRulesOf(state).coreProduct === undefined) return null;
  return (openingSheetOf(state, bidder)?.coreBrand ?? '').normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '');
}

/** How many these are for the count of three: 87号令 31, 44; 政府采购法 36. */
export const countedBidders = (state: LotState, bidders: readonly string[]): number =>
  new Set(bidders.map((bidder) => brandOf(state, bidder) ?? `bidder ${bidder}`)).size;
