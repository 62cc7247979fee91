import { describe, expect, it, jest } from '@jest/globals';
import { openedBidders } from '@app/evaluation';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { at, createLot, publishCandidates, publishKeys, type Play, seat, WITNESS_POLICY } from '@app/testing/play';
import type { LotPlan } from '@app/testing/lots';
import { checkAward } from './award.js';
import type { Retested } from './notices.js';
import { noticesOf } from './notices.js';

// Whole lots are played and judged, on cores that others use too.
jest.setTimeout(60_000);

const closed = (rules: Partial<LotPlan['rules']>): Play => {
  const play = at({ ...TV_E2E_01, rules: { ...TV_E2E_01.rules, ...rules } }, 'reported');
  publishCandidates(play);
  return play;
};
const noticed = ({ table }: Play): string[] =>
  noticesOf(table.state, table.entries).filter((line) => !/^(bid rejected|roles|draw’s mapping) /.test(line));
const decide = ({ table }: Play, winner: string, passedOver: { bidder: string; cause: string; reason: string }[] = []): void => {
  table.act('tenderer', 'award.decide', {}, { secrets: { decision: { winner, reason: '工期最短', passedOver } } });
};

describe('what a reader must know of the award', () => {
  it('A5 lists every pass-over with what it rests on, before and after the award', () => {
    const play = closed({ performanceSecurity: { percent: '10', days: 10 } });
    const { table } = play;
    const gaveUp = table.act('bidder-2', 'award.give-up', { cause: 'GIVES_UP' }, { secrets: { statement: { text: '放弃' } } });
    decide(play, 'bidder-5', [{ bidder: 'bidder-2', cause: 'GIVES_UP', reason: '自行放弃' }]);
    const announced = table.act('tenderer', 'award.announce');
    const due = table.state.award.announced?.securityDue ?? '';
    table.waitUntil(due);
    const said = `passed over 递补: B建设有限公司, GIVES_UP, said by bidder-2 in entry ${String(gaveUp)}, `;
    expect(noticed(play)).toEqual([expect.stringContaining(said)]);
    table.act('tenderer', 'award.pass-over', { cause: 'NO_PERFORMANCE_SECURITY', reason: '逾期未提交' });
    expect(noticed(play)).toEqual([
      `passed over 递补: E建设有限公司, NO_PERFORMANCE_SECURITY, due by ${due} as entry ${String(announced)} set`,
    ]);
    table.act(
      'supervisor',
      'award.find-unlawful',
      { bidder: 'bidder-3', document: 'd'.repeat(64) },
      { secrets: { finding: { text: '查实' } } },
    );
    expect(checkAward(table.state).result.verdict).toBe('PASS');
  });
  it('A5 says of a lot under an older engine that a pass-over rests on the tenderer’s word', () => {
    const { table } = closed({});
    const passedOver = { 'bidder-2': { cause: 'UNLAWFUL', evidence: null } } as const;
    const state = { ...table.state, award: { ...table.state.award, passedOver } };
    expect(noticesOf(state, [])).toContain('passed over 递补: B建设有限公司, UNLAWFUL, on the word of the tenderer alone 仅凭招标人陈述');
  });
  it('C14 says whom the tenderer chose before better ranks, which is no fault where rank 1 does not bind', () => {
    const play = closed({ stateMandated: false });
    decide(play, 'bidder-5');
    expect(checkAward(play.table.state).result.verdict).toBe('PASS');
    expect(noticed(play)).toEqual(['chosen before better ranks 未按排名定标: E建设有限公司 before B建设有限公司: 工期最短']);
  });
  it('C6 names the notice of every year of rest days that the installation entered', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    publishKeys(play);
    const { table } = play;
    const calendar = [{ year: 2027, holidays: [{ from: '2027-01-01', days: 3 }], workdays: [], source: '测试用〔2026〕1号' }];
    const facts = { witnessPolicy: WITNESS_POLICY, calendar };
    table.act('agency', 'lot.publish', { documentPackage: 'a'.repeat(64) }, { facts });
    expect(noticesOf(table.state, table.entries)).toContain('rest days of 2027 entered by the installation 节假日安排: 测试用〔2026〕1号');
  });
});

describe('what a reader must know of who is out, and of the draw', () => {
  const { table } = at(TV_E2E_01, 'reported');
  const all: Retested = { bids: new Map(), isDecidedAgain: () => true };

  it('says of every rejected bid with its ground whether that was decided again', () => {
    const rejected = (retested?: Retested): string[] =>
      noticesOf(table.state, table.entries, retested).filter((line) => line.startsWith('bid rejected'));
    const before = 'bid rejected 否决: D建设有限公司, NOT_RESPONSIVE (responsiveness-1 4 of 5)';
    expect(rejected(all)).toEqual([`${before}; the rules decide it again`]);
    expect(rejected()).toEqual([`${before}; not decided again with what is shown here`]);
    const { seq = -1 } = table.state.review.concluded ?? {};
    expect(rejected({ ...all, isDecidedAgain: (one) => one === seq })).toEqual([`${before}; the rules decide it again`]);
  });

  it('says of a supplier whom the purchaser found unqualified that he is out', () => {
    const play = at(TV_E2E_02, 'opened');
    const { state } = play.table;
    const bidders = openedBidders(state);
    const [out = ''] = bidders;
    play.table.act(
      'tenderer',
      'review.qualify',
      {},
      {
        secrets: {
          qualification: {
            v: 1,
            bids: Object.fromEntries(
              bidders.map((bidder) => [
                bidder,
                bidder === out ? { pass: false, ground: 'UNQUALIFIED', reason: '不具备资格' } : { pass: true },
              ]),
            ),
          },
        },
      },
    );
    expect(noticesOf(play.table.state, play.table.entries, all)).toContainEqual(
      expect.stringMatching(/^bid not qualified 资格审查不合格: .+, found by the purchaser; the rules decide it again$/),
    );
  });

  it('names who stands behind each pseudonym that was called, and where that is not shown', () => {
    const line = (entries = table.entries): string => noticesOf(table.state, entries).find((one) => one.startsWith('draw’s mapping')) ?? '';
    const calls = table.entries.filter(({ header }) => header.type === 'draw.record-call');
    expect(line().split(', ')).toHaveLength(calls.length);
    expect(line()).toMatch(/^draw’s mapping 抽取对应: (\S+ DECLINED is \S+, )*\S+ ACCEPTED as expert-1 is \S+/);
    const unseen = table.entries.map((entry) => ({
      ...entry,
      parts: Object.fromEntries(Object.entries(entry.parts).filter(([part]) => part !== 'x:person')),
    }));
    expect(line(unseen)).toContain(`; of ${String(calls.length)} of ${String(calls.length)} it is not shown who they are`);
    expect(line(unseen)).not.toContain(' is person');
    expect(noticesOf(table.state, []).filter((one) => one.startsWith('draw’s'))).toEqual([]);
  });
});
