import type { TenderRules } from '@app/evaluation';

/** Words of the methods, for the form, the result and the report (docs/decisions/0014). A kind of the rules that is missing here does not compile. */
export const methods = {
  priceMethod: {
    'low-price-first': 'Lowest price first',
    'benchmark-deviation': 'Deviation from a benchmark',
    'benchmark-ceiling': 'Deviation from mean and ceiling, weighted',
    'benchmark-three-part': 'Deviation from three parts, one price drawn',
    'benchmark-iterative': 'Deviation from a mean without far prices',
    'benchmark-lowest': 'Deviation from the lowest price',
    'benchmark-random': 'Deviation from the mean of drawn prices',
    'lowest-evaluated-price': 'Lowest evaluated price first, no points',
    'fixed-price': 'Fixed price, no points',
  } satisfies Record<TenderRules['price']['kind'], string>,
  awardMethod: { 'rank-1': 'The candidate ranked first', 'direct-vote': 'Separated: vote of an award committee' } satisfies Record<
    TenderRules['award']['kind'],
    string
  >,
  /** Figures on the way to the benchmark price that one method alone has, by the name that it gives them. */
  benchmarkStep: {
    ofMean: 'Of the mean',
    ofCeiling: 'Of the ceiling',
    composite: 'Centre of the band',
    to: 'Upper end of the band',
    drawn: 'Drawn',
    a: 'A (below the ceiling)',
    limit: 'Least price for C',
    c: 'C (lowest that is reasonable)',
    pool: 'Drawn from',
    b: 'B (drawn)',
    from: 'Lower end of the band',
  },
};
