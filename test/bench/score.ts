import { aggregate, type AggregationInput } from '@app/evaluation';
import { median, printFigure } from './lib/figure.js';
import { sizeOption } from './lib/options.js';

/**
 * 100 bidders × 200 items × 9 members: the whole ranking recomputed, as `scoring.aggregate` and the verifier do, and the same with ten times
 * the bidders. `--bidders=20 --items=20 --repetitions=1` for a short run.
 */
const BIDDERS = sizeOption('bidders', 100);
const ITEMS = sizeOption('items', 200);
const MEMBERS = sizeOption('members', 9);
const REPETITIONS = sizeOption('repetitions', 9);
const MS_MAX = 100;
const TIMES = 10;
/** Linear would be 10; sorting and caches take some. */
const GROWTH_MAX = 13;

/** Points of all items add to 40; the price gives 60. */
function inputOf(bidders: number): AggregationInput {
  const max = (40 / ITEMS).toFixed(2);
  const parties = Array.from({ length: bidders }, (_none, index) => `bidder-${String(index + 1)}`);
  const items = Array.from({ length: ITEMS }, (_none, index) => ({
    id: `item-${String(index)}`,
    part: index % 2 === 0 ? ('technical' as const) : ('commercial' as const),
    title: 'item',
    min: '0',
    max,
    step: '0.01',
    objective: false,
  }));
  const valueAt = (member: number, bidder: number, item: number): string =>
    (((member * 31 + bidder * 17 + item * 7) % 20) / 100).toFixed(2);
  const members = Array.from({ length: MEMBERS }, (_none, index) => `member-${String(index + 1)}`);
  const scores = Object.fromEntries(
    members.map((member, m) => [
      member,
      Object.fromEntries(parties.map((party, b) => [party, Object.fromEntries(items.map(({ id }, i) => [id, valueAt(m, b, i)]))])),
    ]),
  );
  const bids = parties.map((party, index) => ({
    party,
    price: `${String(9_000_000 + ((index * 7_919) % 900_000))}.00`,
    smallMicro: false,
    smallPartner: false,
    domestic: false,
    brand: null,
  }));
  return {
    rules: {
      price: {
        kind: 'benchmark-deviation',
        full: '60',
        floor: '0',
        e1: '1',
        e2: '0.5',
        betaDecimals: 2,
        trim: [{ below: null, low: 1, high: 1 }],
        k: { fixed: '0.97' },
      },
      deductions: null,
      items,
      memberTrim: { low: 1, high: 1 },
      ceiling: '10000000.00',
      candidates: 3,
      ties: ['price', 'technical'],
    },
    ties: [],
    k: null,
    bids,
    expired: [],
    reviewed: bids,
    members,
    scores,
    drawPlace: (party) => party,
  };
}

function medianMs(input: AggregationInput): number {
  const runs: number[] = [];
  for (let turn = 0; turn <= REPETITIONS; turn += 1) {
    const from = performance.now();
    const found = aggregate(input);
    if (!('result' in found) || found.result.rows.length !== input.bids.length) throw new Error('not ranked');
    if (turn > 0) runs.push(performance.now() - from);
  }
  return median(runs);
}

const shared = { bench: 'score', better: 'lower' } as const;
const size = `${String(BIDDERS)} bidders × ${String(ITEMS)} items × ${String(MEMBERS)} members`;
const once = medianMs(inputOf(BIDDERS));
printFigure({
  ...shared,
  figure: `${size} ranked, median`,
  unit: 'ms',
  ours: once,
  other: null,
  otherIs: 'none',
  goal: `<= ${String(MS_MAX)} ms`,
  met: once <= MS_MAX,
});
const more = medianMs(inputOf(BIDDERS * TIMES));
printFigure({
  ...shared,
  figure: `growth at ${String(TIMES)} times the bidders`,
  unit: '×',
  ours: more / once,
  other: null,
  otherIs: 'none',
  goal: `<= ${String(GROWTH_MAX)}`,
  met: more / once <= GROWTH_MAX,
});
