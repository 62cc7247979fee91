import { awardOf, resultOf } from '@app/evaluation';
import type { LotPlan } from '@app/testing/lots';
import type { Stage } from '../stage.js';
import type { Bidder } from './bidding.js';
import { partyOf } from './bidding.js';
import type { Office } from './founding.js';

/** 候选人公示 (tender law), 定标, 结果公告, 合同. Checks the worked numbers of the lot on the way. */
export async function award(stage: Stage, lot: LotPlan, office: Office, bidders: readonly Bidder[]): Promise<void> {
  await stage.leaveAt('candidates');
  if (lot.regime === 'TENDER_LAW') {
    await stage.act(office.agency, 'award.publish-candidates', '公示中标候选人', { payload: { until: null } });
    await stage.until('the publicity to end', ({ status }) => status === 'AWARDING');
  }
  await stage.leaveAt('award');
  const winner = partyOf(stage, bidders, lot.expected.winner);
  await stage.act(office.tenderer, 'award.decide', '确定中标人', {
    secrets: { decision: { winner, reason: '排名第一的中标候选人', passedOver: [] } },
  });
  await stage.leaveAt('notice');
  await stage.act(office.tenderer, 'award.announce', '发布中标结果，发出中标通知书');
  const state = await stage.until('the announcement', ({ award: { announced } }) => announced !== null);
  const price = state.award.announced?.price ?? '0';
  const contract = { hash: stage.facts.profile.hashHex(`合同 ${stage.facts.origin}`), price, signedAt: stage.facts.clock.instant() };
  await stage.act(office.agency, 'award.record-contract', '合同备案', { payload: contract });
  await stage.sync();
}

/** Compares what the lot came to with the worked example; throws at the first difference. */
export function compare(stage: Stage, lot: LotPlan, bidders: readonly Bidder[]): string[] {
  const { state } = stage;
  const result = resultOf(state);
  const decided = awardOf(state);
  const letterOf = new Map(bidders.map(({ bid }) => [partyOf(stage, bidders, bid.letter), bid]));
  const same = (what: string, actual: unknown, expected: unknown): void => {
    if (actual !== expected) throw new Error(`${lot.id}: ${what} is ${String(actual)}, worked number ${String(expected)}`);
  };
  const totals = Object.fromEntries((result?.rows ?? []).map((row) => [letterOf.get(row.party)?.letter ?? '?', row.total]));
  for (const [letter, total] of Object.entries(lot.expected.totals)) same(`total of ${letter}`, totals[letter], total);
  same('number of totals', Object.keys(totals).length, Object.keys(lot.expected.totals).length);
  same('benchmark', result?.benchmark?.price ?? null, lot.expected.benchmark);
  same('candidates', (result?.candidates ?? []).map((party) => letterOf.get(party)?.letter).join(), lot.expected.candidates.join());
  same('winner', letterOf.get(decided?.winner ?? '')?.letter, lot.expected.winner);
  const rows = (result?.rows ?? []).map(
    (row) =>
      `${row.rank}. ${letterOf.get(row.party)?.letter ?? '?'} ${letterOf.get(row.party)?.company ?? ''}　报价 ${row.price}　总分 ${row.total}`,
  );
  return [
    ...(result?.benchmark == null ? [] : [`评标基准价 ${result.benchmark.price}`]),
    ...rows,
    `中标人：${letterOf.get(decided?.winner ?? '')?.company ?? ''}`,
  ];
}
