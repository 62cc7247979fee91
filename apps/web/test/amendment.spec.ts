import { type LotState, ruleSetOf } from '@app/evaluation';
import { TV_E2E_01, TV_E2E_02, type LotPlan } from '@app/testing/lots';
import { createLot, type Play, publishKeys, publishLot, seat } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { amendmentFault, answeredIn, quoted } from '../src/areas/agency/model/amendment.js';
import { tenderDocuments } from '../src/areas/bid/model/tender-documents.js';

const DAY_MS = 86_400_000;
const HASH = '1'.repeat(64);

function published(plan: LotPlan): Play {
  const play = seat(plan);
  createLot(play);
  publishKeys(play);
  publishLot(play);
  return play;
}
const deadlineOf = ({ setup }: LotState): string => setup.schedule?.deadline ?? '';
const moved = (instant: string, days: number): string => new Date(Date.parse(instant) + days * DAY_MS).toISOString();

describe('an amendment of the tender document (澄清修改)', () => {
  it.each([
    ['TV-E2E-01', TV_E2E_01],
    ['TV-E2E-02', TV_E2E_02],
  ])(
    'B-012 is told of a lot like %s before it is signed exactly when the rules would refuse it, with the date that they take',
    (_id, plan) => {
      const seen = new Set<string>();
      for (const daysLeft of [20, 16, 14, 3, 0.5, 0]) {
        for (const affectsBids of [true, false]) {
          for (const by of [null, -1, 0, 2, 14, 16, 30]) {
            const { table } = published(plan);
            const present = deadlineOf(table.state);
            const at = moved(present, -daysLeft);
            if (at <= (table.state.at ?? '')) continue;
            table.waitUntil(at);
            const deadline = by === null ? '' : moved(present, by);
            const fault = amendmentFault({ summary: '工期改为 270 日历天', affectsBids, deadline }, ruleSetOf(table.state), present, at);
            const payload = {
              package: HASH,
              summary: '工期改为 270 日历天',
              affectsBids,
              deadline: deadline === '' ? null : deadline,
              rules: null,
            };
            expect([daysLeft, affectsBids, by, table.refusal('agency', 'lot.amend', payload) === null]).toEqual([
              daysLeft,
              affectsBids,
              by,
              fault === null,
            ]);
            seen.add(fault?.key ?? 'none');
            if (fault?.key === 'tooSoon') expect(table.refusal('agency', 'lot.amend', { ...payload, deadline: fault.date })).toBeNull();
          }
        }
      }
      expect([...seen]).toEqual(expect.arrayContaining(['none', 'backwards', 'tooSoon']));
    },
  );

  it('waits for its words', () => {
    const { state } = published(TV_E2E_01).table;
    const draft = { summary: ' ', affectsBids: false, deadline: '' };
    expect(amendmentFault(draft, ruleSetOf(state), deadlineOf(state), state.at ?? '')).toEqual({ key: 'summary', date: null });
    expect(amendmentFault(draft, ruleSetOf(state), deadlineOf(state), deadlineOf(state))).toEqual({ key: 'over', date: null });
  });

  it('B-015 stands among the documents that bids are made from, untaken until its own download was answered', () => {
    const { table } = published(TV_E2E_01);
    table.act('agency', 'lot.amend', { package: HASH, summary: '补充图纸', affectsBids: false, deadline: null, rules: null });
    const { setup } = table.state;
    const notice = setup.documentPackage ?? '';
    const acts = [{ type: 'bidding.download', about: notice, at: '2026-03-05T00:00:00.000Z' }] as const;
    expect(tenderDocuments(setup, acts).map(({ number, hash, summary, takenAt }) => [number, hash, summary, takenAt])).toEqual([
      [0, notice, '', '2026-03-05T00:00:00.000Z'],
      [1, HASH, '补充图纸', null],
    ]);
    expect(tenderDocuments(setup, [{ type: 'bidding.download', about: HASH, at: null }])[1]?.takenAt).toBeNull();
    expect(tenderDocuments(null, [])).toEqual([]);
  });

  it('答疑 answers questions to everybody in its words, and each question knows where', () => {
    const words = { question: '问：', answer: '答：' };
    const [one, two] = ['控制价是否含暂列金额？', '含'];
    const summary = `${quoted(`${quoted('', one, words)}不含。`, two, words)}见附件。`;
    expect(summary).toBe('问：控制价是否含暂列金额？\n答：不含。\n问：含\n答：见附件。');
    const { table } = published(TV_E2E_01);
    const payload = { package: HASH, summary, affectsBids: false, deadline: null, rules: null };
    table.act('agency', 'lot.amend', payload);
    const { amendments } = table.state.setup;
    expect([one, two, '别的问题'].map((text) => answeredIn(text, amendments))).toEqual([1, 1, null]);
    expect(answeredIn(one, [])).toBeNull();
  });
});
