import type { LotState, ResultRow } from '@app/evaluation';
import type { CertificateFacts } from '@app/sealing';
import {
  awardOf,
  bidPriceOf,
  decimal,
  drawPlaceOf,
  isRankBound,
  memberScoresOf,
  openingSheetOf,
  own,
  resultOf,
  rounded,
} from '@app/evaluation';
import { Findings } from '../findings.js';
import type { CheckResult } from '../findings.js';

/** A line of the result as this verifier computed it. */
export interface RecomputedRow {
  readonly party: string;
  readonly price: string;
  /** What the rules' table says, and what its parts come to. */
  readonly said: { readonly rank: number; readonly total: string };
  readonly found: { readonly rank: number; readonly total: string };
}

/**
 * The result once more, by other arithmetic than the rules': prices from the opened bids, totals from their parts, ranks by sorting,
 * and that the winner is who the ranks (or the counted vote) say.
 */
export function checkAward(state: LotState): { result: CheckResult; rows: RecomputedRow[] } {
  const findings = new Findings('award', 'prices, totals, ranks and winner follow from the opened bids and sheets');
  const result = resultOf(state);
  if (state.scoring.aggregated === null) findings.note('the lot was not evaluated');
  else if (result === null) findings.hidden();
  const totals = (result?.rows ?? []).map((row) => ({ row, total: checkRow(state, row, findings) }));
  const compare = orderOf(state);
  totals.sort((a, b) => compare(a, b) || a.row.rank - b.row.rank);
  const rows = totals.map(({ row, total }, index): RecomputedRow => {
    const before = totals[index - 1];
    // Only an older engine, or a reader who is not shown what decides a tie, leaves two beside each other.
    const isTied = before !== undefined && compare(before, { row, total }) === 0;
    const rank = isTied ? row.rank : index + 1;
    findings.check(row.rank === rank, `rank of ${row.party}`, () => `is ${row.rank}, by totals and ties ${rank}`);
    const isSame = isClose(total, row.totalExact);
    const found = { rank, total: isSame ? row.total : total.toFixed(TOTAL_DECIMALS) };
    return { party: row.party, price: row.price, said: { rank: row.rank, total: row.total }, found };
  });
  checkWinner(state, findings);
  return { result: findings.result(), rows };
}

/** The table prints exact values to eight decimals; a sum of printed values may differ from the printed sum in the last one. */
const PRINTED = '0.00000005';
const TOTAL_DECIMALS = 2;
const isClose = (value: ReturnType<typeof decimal>, printed: string): boolean => value.minus(printed).abs().lte(PRINTED);

interface Standing {
  readonly row: ResultRow;
  readonly total: ReturnType<typeof decimal>;
}

/** Totals (evaluated prices, where nobody has points) are compared as published; between equal ones the tie rules decide in their order, then the draw's seed. */
function orderOf(state: LotState): (a: Standing, b: Standing) => number {
  const { ruleSet, rules } = state.setup;
  const published = (value: ReturnType<typeof decimal>): ReturnType<typeof decimal> => rounded(value, TOTAL_DECIMALS);
  const technical = ({ row }: Standing): ReturnType<typeof decimal> => published(decimal(row.parts['technical']?.exact ?? '0'));
  const ties = {
    price: (a: Standing, b: Standing): number => decimal(a.row.price).comparedTo(b.row.price),
    technical: (a: Standing, b: Standing): number => technical(b).comparedTo(technical(a)),
  };
  const place = drawPlaceOf(state);
  const byDraw = (a: Standing, b: Standing): number => {
    if (place === null || [a, b].some(({ row }) => row.rankedBy === 'co-ranked')) return 0;
    return place(a.row.party) < place(b.row.party) ? -1 : 1;
  };
  const isByPrice = resultOf(state)?.ranksBy === 'evaluated-price';
  return (a, b) => {
    const byFirst = isByPrice
      ? decimal(a.row.evaluatedPrice).comparedTo(b.row.evaluatedPrice)
      : published(b.total).comparedTo(published(a.total));
    if (byFirst !== 0 || ruleSet === null || rules === null) return byFirst;
    return [...(isByPrice ? [] : ruleSet.ties), ...rules.ties].map((tie) => ties[tie](a, b)).find((order) => order !== 0) ?? byDraw(a, b);
  };
}

/** The total as the members' scores and the price score give it. */
function checkRow(state: LotState, row: ResultRow, findings: Findings): ReturnType<typeof decimal> {
  const sheet = openingSheetOf(state, row.party);
  if (sheet === null) findings.hidden();
  else {
    const read = row.quoted ?? row.price;
    findings.check(decimal(sheet.price).eq(read), `price of ${row.party}`, () => `is ${read}, the bid says ${sheet.price}`);
    // 算术修正: only what the bidder confirmed changes the price that was read out.
    const binding = bidPriceOf(state, row.party);
    findings.check(decimal(binding ?? sheet.price).eq(row.price), `price of ${row.party}`, () => `is ${row.price}, ${binding ?? ''} binds`);
  }
  checkAdjustments(state, row, findings);
  let total = decimal(row.priceScoreExact);
  const given = memberScoresOf(state)?.bids[row.party];
  if (given === undefined) findings.hidden();
  for (const [part, { exact: said }] of Object.entries(row.parts)) {
    const of = given?.[part];
    if (of === undefined) {
      findings.check(given === undefined, `${part} of ${row.party}`, 'no member has scored it');
      total = total.plus(said);
      continue;
    }
    const scores = Object.entries(of.members).filter(([member]) => !of.dropped.includes(member));
    const mean = scores.reduce((sum, [, score]) => sum.plus(score), decimal('0')).div(scores.length);
    // 小数位数: the document may round the mean of a part (rules.rounding.parts), half up.
    const decimals = state.setup.rules?.rounding?.parts;
    const again = decimals === undefined ? mean : rounded(mean, decimals);
    findings.check(isClose(again, said), `${part} of ${row.party}`, () => `is ${said}, the members' mean is ${again.toFixed()}`);
    total = total.plus(isClose(again, said) ? said : again);
  }
  findings.check(
    isClose(total, row.totalExact),
    `total of ${row.party}`,
    () => `is ${row.totalExact}, its parts add to ${total.toFixed()}`,
  );
  return total;
}

/** 标价比较表: with nothing preferred, price and adjustments are the evaluated price; each is printed to the cent. */
function checkAdjustments(state: LotState, row: ResultRow, findings: Findings): void {
  if (row.adjustments === undefined || state.setup.rules?.deductions !== null) return;
  const again = row.adjustments.reduce((sum, { amount }) => sum.plus(amount), decimal(row.price));
  const cents = decimal('0.005').times(row.adjustments.length + 1);
  findings.check(
    again.minus(row.evaluatedPrice).abs().lte(cents),
    `evaluated price of ${row.party}`,
    () => `is ${row.evaluatedPrice}, price and adjustments come to ${again.toFixed(2)}`,
  );
}

function checkWinner(state: LotState, findings: Findings): void {
  const award = awardOf(state);
  const result = resultOf(state);
  if (state.award.decided === null) {
    findings.note('the award is not decided');
    return;
  }
  if (award === null || result === null) {
    findings.hidden();
    return;
  }
  findings.check(result.candidates.includes(award.winner), 'winner', () => `${award.winner} is no candidate`);
  const { announced } = state.award;
  findings.check(announced === null || announced.winner === award.winner, 'announcement', 'names another winner than the award');
  if (state.setup.rules === null) {
    // The entry that created the lot is not shown: what the tender document says of the award is not known.
    findings.hidden();
    return;
  }
  // 评定分离: the vote was counted by the rules; 招标投标法 40: the tenderer chooses among the candidates.
  if (!isRankBound(state)) return;
  const skipped = new Set([...award.passedOver.map(({ bidder }) => bidder), ...Object.keys(state.award.passedOver)]);
  const first = result.rows
    .filter(({ party }) => result.candidates.includes(party) && !skipped.has(party))
    .sort((a, b) => a.rank - b.rank)[0];
  const rank = result.rows.find(({ party }) => party === award.winner)?.rank;
  findings.check(
    first !== undefined && rank === first.rank,
    'winner',
    () => `${award.winner} does not rank first among those not passed over`,
  );
}

/** The outcome in words. What this verifier computed stands first; where the archive says something else, both are said. */
export function awardLines(
  state: LotState,
  rows: readonly RecomputedRow[],
  certificateOf: (party: string) => CertificateFacts | null,
): string[] {
  const result = resultOf(state);
  const award = awardOf(state);
  const name = (party: string): string => own(state.opening.names, party) ?? party;
  return [
    `${state.setup.name} (${state.setup.code}), ${state.status}`,
    ...(result?.benchmark == null ? [] : [`benchmark price 评标基准价 ${result.benchmark.price}`]),
    ...[...rows].sort((a, b) => a.found.rank - b.found.rank).map((row) => rowLine(row, name(row.party))),
    ...(award === null ? [] : [`winner 中标人: ${award.name}, ${award.price}`, certificateLine(certificateOf(award.winner))]),
  ];
}

/** A name is the venue's word; whose certificate signed under it is not. */
const certificateLine = (certificate: CertificateFacts | null): string =>
  certificate === null
    ? 'the certificate of the winner is not visible here'
    : `acted under the certificate ${certificate.subjectText}, SHA-256 ${certificate.fingerprint}`;

function rowLine({ price, said, found }: RecomputedRow, name: string): string {
  const differs =
    said.rank === found.rank && said.total === found.total ? '' : ` (the archive says: rank ${said.rank}, total ${said.total})`;
  return `${found.rank}. ${name}: price ${price}, total ${found.total}${differs}`;
}
