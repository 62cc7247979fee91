import type { LotState, ResultRow } from '@app/evaluation';
import { awardOf, decimal, isSeparated, openingSheetOf, own, resultOf } from '@app/evaluation';
import { Findings } from '../report.js';
import type { CheckResult } from '../report.js';

/**
 * The result once more, by other arithmetic than the rules': prices from the opened bids, totals from their parts, ranks by sorting,
 * and that the winner is who the ranks (or the counted vote) say.
 */
export function checkAward(state: LotState): CheckResult {
  const findings = new Findings('award', 'prices, totals, ranks and winner follow from the opened bids and sheets');
  const result = resultOf(state);
  if (state.scoring.aggregated === null) findings.note('the lot was not evaluated');
  else if (result === null) findings.hidden();
  for (const row of result?.rows ?? []) checkRow(state, row, findings);
  const ranked = [...(result?.rows ?? [])].sort((a, b) => decimal(b.totalExact).comparedTo(decimal(a.totalExact)));
  ranked.forEach((row, index) => {
    const before = ranked[index - 1];
    const isTied = before !== undefined && decimal(before.totalExact).eq(row.totalExact);
    findings.check(isTied || row.rank === index + 1, `rank of ${row.party}`, () => `is ${row.rank}, by totals ${index + 1}`);
  });
  checkWinner(state, findings);
  return findings.result();
}

/** The table prints exact values to eight decimals; a sum of printed values may differ from the printed sum in the last one. */
const PRINTED = '0.00000005';
const isClose = (value: ReturnType<typeof decimal>, printed: string): boolean => value.minus(printed).abs().lte(PRINTED);

function checkRow(state: LotState, row: ResultRow, findings: Findings): void {
  const sheet = openingSheetOf(state, row.party);
  if (sheet === null) findings.hidden();
  else findings.check(decimal(sheet.price).eq(row.price), `price of ${row.party}`, () => `is ${row.price}, the bid says ${sheet.price}`);
  const exact = Object.values(row.parts).reduce((total, part) => total.plus(part.exact), decimal(row.priceScoreExact));
  findings.check(
    isClose(exact, row.totalExact),
    `total of ${row.party}`,
    () => `is ${row.totalExact}, its parts add to ${exact.toFixed()}`,
  );
  for (const [part, { members, dropped, exact: mean }] of Object.entries(row.parts)) {
    const scores = Object.entries(members).filter(([member]) => !dropped.includes(member));
    const again = scores.reduce((total, [, score]) => total.plus(score), decimal('0')).div(scores.length);
    findings.check(isClose(again, mean), `${part} of ${row.party}`, () => `is ${mean}, the members' mean is ${again.toFixed()}`);
  }
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
  if (isSeparated(state)) return;
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

/** The outcome in words, for the report. */
export function awardLines(state: LotState): string[] {
  const result = resultOf(state);
  const award = awardOf(state);
  const name = (party: string): string => own(state.opening.names, party) ?? party;
  const rows = [...(result?.rows ?? [])].sort((a, b) => a.rank - b.rank);
  return [
    `${state.setup.name} (${state.setup.code}), ${state.status}`,
    ...(result?.benchmark == null ? [] : [`benchmark price 评标基准价 ${result.benchmark.price}`]),
    ...rows.map((row) => `${row.rank}. ${name(row.party)}: price ${row.price}, total ${row.total}`),
    ...(award === null ? [] : [`winner 中标人: ${award.name}, ${award.price}`]),
  ];
}
