import { membersOf } from '../committee/index.js';
import { type TenderRules, SCORE_PARTS } from '../lot/index.js';
import { need } from '../kernel/need.js';
import { refuse, type Refused } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { benchmarkPlaceOf, drawnValues, openingSheetOf } from '../opening/index.js';
import { bidPriceOf, standingBidders } from '../motions/index.js';
import { brandOf, expiryOf, validBidders } from '../review/index.js';
import type { RuleSet } from '../law/rule-set.js';
import type { AggregationInput } from './aggregate.js';
import { claimsOf } from './policy-deduction.js';
import { drawPlaceOf } from './result.js';
import { scoresOf } from './sheets.js';

/** Everything the calculation reads, gathered from the record; refused when something of it is not there. */
export function aggregationInput(state: LotState, rules: TenderRules, ruleSet: RuleSet, at: string): AggregationInput | Refused {
  const valid = standingBidders(state);
  if (valid.length === 0) return refuse('WRONG_STATE', 'no bid is left to rank');
  // 条例 25: a bid that ended in the meantime binds nobody, so it has no rank; the others' do not wait for it.
  const expired = valid.flatMap((party) => {
    const expiry = expiryOf(state, party, at);
    return expiry === null ? [] : [{ party, until: expiry.at }];
  });
  if (expired.length === valid.length)
    return refuse(
      'E_BID_EXPIRED',
      'the validity of every bid that is left has ended without a later end (award.extend-validity): the authority ends the lot (lot.fail), and it is tendered anew',
    );
  const reviewed: AggregationInput['bids'][number][] = [];
  for (const party of validBidders(state)) {
    const sheet = openingSheetOf(state, party);
    if (sheet === null) return refuse('WRONG_STATE', `the opening sheet of ${party} is not on the record`);
    const price = bidPriceOf(state, party) ?? sheet.price;
    reviewed.push({
      party,
      price,
      ...(price === sheet.price ? {} : { quoted: sheet.price }),
      ...claimsOf(sheet),
      brand: brandOf(state, party),
    });
  }
  const k = state.opening.coefficient.value;
  if (drawnValues(state) !== null && k === null) {
    return refuse('WRONG_STATE', 'coefficient K was not drawn at the opening');
  }
  const tiePlace = drawPlaceOf(state);
  if (tiePlace === null) return refuse('WRONG_STATE', 'the lot has drawn no seed');
  const benchmarkPlace = benchmarkPlaceOf(state);
  return {
    rules,
    ties: ruleSet.ties,
    k,
    bids: reviewed.filter(({ party }) => valid.includes(party) && !expired.some((one) => one.party === party)),
    expired,
    // Frozen with the review: bids that passed it (domain.md §4.5), rejected later or not, at the price that binds.
    reviewed: reviewed.map(({ party, price, domestic }) => ({ party, price, domestic })),
    members: membersOf(state),
    scores: scoresByMember(state),
    drawPlace: (party, purpose) => (purpose === 'tie' ? tiePlace(party) : need(benchmarkPlace ?? undefined)(party)),
  };
}

function scoresByMember(state: LotState): AggregationInput['scores'] {
  const byMember: Record<string, Record<string, Record<string, string>>> = {};
  for (const member of membersOf(state)) {
    const bids: Record<string, Record<string, string>> = {};
    for (const part of SCORE_PARTS) {
      for (const [bidder, values] of Object.entries(scoresOf(state, state.scoring.parts[part], member))) {
        bids[bidder] = { ...bids[bidder], ...values };
      }
    }
    byMember[member] = bids;
  }
  return byMember;
}
