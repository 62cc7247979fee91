import { decimal, fixed, sum } from '../kernel/decimal.js';
import { need } from '../kernel/need.js';
import { isOnGrid, pointsOf, type ScoreItem } from '../lot/index.js';
import type { Scores } from './aggregate.js';
import { objectiveMismatches } from './consistency.js';
import { outliers } from './outliers.js';

export type Sheets = Readonly<Record<string, Readonly<Record<string, Scores>>>>;

export interface DuesInput {
  /** Items of one part. */
  readonly items: readonly ScoreItem[];
  readonly bidders: readonly string[];
  readonly sheets: Sheets;
  /** `<member>/<bidder>/<item>` of objective values confirmed with evidence. */
  readonly confirmed: ReadonlySet<string>;
  /** `<member>/<bidder>` of outliers with a written reason. */
  readonly explained: ReadonlySet<string>;
  /** Deviation in percent above which a reason is due. */
  readonly outlierPercent: string;
}

/** What keeps a part from closing (87号令 64; 195号 9). Part `d:dues`. */
export type Dues = {
  v: 1;
  invalid: { member: string; bidder: string; item: string }[];
  mismatches: { bidder: string; item: string; values: Record<string, string>; owing: string[] }[];
  outliers: { member: string; bidder: string; percent: string | null }[];
};

/** Whether a value of the wire is one of this item's values. */
export function isGoodValue(item: ScoreItem | undefined, value: unknown): boolean {
  return item !== undefined && typeof value === 'string' && /^-?\d{1,18}(\.\d{1,8})?$/.test(value) && isOnGrid(item, value);
}

/** Everything still due. Mismatches and outliers are looked for only among sheets that are whole. */
export function duesOf(input: DuesInput): Dues {
  const invalid = Object.entries(input.sheets).flatMap(([member, bids]) =>
    input.bidders.flatMap((bidder) =>
      input.items.filter((item) => !isGoodValue(item, bids[bidder]?.[item.id])).map((item) => ({ member, bidder, item: item.id })),
    ),
  );
  if (invalid.length > 0) return { v: 1, invalid, mismatches: [], outliers: [] };
  return { v: 1, invalid, mismatches: openMismatches(input), outliers: openOutliers(input) };
}

/** Members who owe something, in the order of their names. */
export const owingMembers = (dues: Dues): string[] =>
  [
    ...new Set([
      ...dues.invalid.map((one) => one.member),
      ...dues.mismatches.flatMap((one) => one.owing),
      ...dues.outliers.map((one) => one.member),
    ]),
  ].sort();

function openMismatches({ items, bidders, sheets, confirmed }: DuesInput): Dues['mismatches'] {
  return objectiveMismatches(items, bidders, Object.keys(sheets), sheets).flatMap(({ item, party, values }) => {
    const common = modeOf(Object.values(values));
    const owing = Object.entries(values)
      .filter(([, value]) => common === null || !decimal(value).eq(common))
      .map(([member]) => member)
      .filter((member) => !confirmed.has(`${member}/${party}/${item}`))
      .sort();
    return owing.length === 0 ? [] : [{ bidder: party, item, values, owing }];
  });
}

/** The value that more members hold than any other; null when two lead. */
function modeOf(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) {
    const same = decimal(value).toFixed();
    counts.set(same, (counts.get(same) ?? 0) + 1);
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}

/** Only what members judge can be an outlier: totals of the part's subjective items. */
function openOutliers({ items, bidders, sheets, explained, outlierPercent }: DuesInput): Dues['outliers'] {
  const subjective = items.filter((item) => !item.objective);
  if (subjective.length === 0) return [];
  const members = Object.keys(sheets);
  return bidders.flatMap((bidder) => {
    const totals = Object.values(sheets).map((bids) => sum(subjective.map((item) => pointsOf(item, need(bids[bidder]?.[item.id])))));
    return outliers(totals, decimal(outlierPercent))
      .map(({ member, percent }) => ({ member: need(members[member]), bidder, percent: percent === null ? null : fixed(percent) }))
      .filter(({ member }) => !explained.has(`${member}/${bidder}`));
  });
}
