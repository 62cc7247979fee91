import { limitOf } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ActsKit, createActsKit, DEADLINE, type TestBidder } from '../../test/support/acts-kit.js';
import { INSTALLATION } from '../../test/support/people.js';
import { BidQuestions } from './bid-questions.js';

jest.setTimeout(60_000);
const ORIGIN = `${INSTALLATION}/lot/lot-1/1`;
const ASKED = ['招标文件第三章与第五章工期不一致，以何为准？', '控制价是否含暂列金额？'] as const;

/** Goal: the agency reads what is asked and not by whom; nobody else reads it, and nothing that others hold says that it was asked. */
describe('questions about the tender document (提疑) at the main venue', () => {
  let clock: FakeClock;
  let kit: ActsKit;
  let sut: BidQuestions;
  beforeEach(async () => {
    clock = new FakeClock();
    kit = await createActsKit(clock, 2);
    sut = new BidQuestions(kit.acts, kit.pool);
    await kit.open('lot-1');
    await clock.advance(1_000);
  });
  afterEach(() => kit.close());
  const state = () => kit.process.pipeline.lotState(ORIGIN);

  it('are given to the agency without who asked, and to nobody else', async () => {
    const [one, two] = kit.bidders as [TestBidder, TestBidder];
    expect(await kit.act(one, 'lot-1', 'bidding.download', { package: '0'.repeat(64) })).toMatchObject({ ok: true });
    for (const [bidder, text] of [
      [one, ASKED[0]],
      [two, ASKED[1]],
    ] as const)
      expect(await kit.act(bidder, 'lot-1', 'bidding.ask', { text })).toMatchObject({ ok: true, seq: 0 });
    const questions = await sut.of(await state(), ['agency']);
    expect(questions.map(({ text }) => text)).toEqual(ASKED);
    for (const question of questions) expect(Object.keys(question).sort()).toEqual(['at', 'due', 'id', 'kind', 'text']);
    expect(questions.map(({ kind, due }) => [kind, due])).toEqual(ASKED.map(() => ['question', null]));
    for (const { person, creditCode } of kit.bidders)
      for (const told of [person.id, person.organisation?.id ?? '', creditCode]) expect(JSON.stringify(questions)).not.toContain(told);
    for (const parties of [[], ['tenderer'], ['supervisor'], ['node:main'], ['bidder-1']])
      await expect(sut.of(await state(), parties)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('B-030 B-031 an objection is given with the day until which it is to be answered, and leaves nothing in the lot’s log', async () => {
    const [one] = kit.bidders as [TestBidder, TestBidder];
    const sizes = async (): Promise<unknown> => (await kit.pool.query('SELECT size FROM log WHERE origin = $1', [ORIGIN])).rows;
    const before = await sizes();
    const text = '招标文件第二章以特定业绩排斥潜在投标人';
    expect(await kit.act(one, 'lot-1', 'bidding.object', { text })).toMatchObject({ ok: true, seq: 0 });
    expect(await sizes()).toEqual(before);
    const [objection] = await sut.of(await state(), ['agency']);
    expect(objection).toMatchObject({ kind: 'objection', text });
    expect(objection?.due).toBe(limitOf(await state(), 'objectionReply', objection?.at ?? ''));
  });

  it('leave nothing in the lot’s log, and are refused by a sentence where they are none', async () => {
    const [one] = kit.bidders as [TestBidder, TestBidder];
    const size = async (): Promise<unknown> => {
      const { rows } = await kit.pool.query('SELECT size FROM log WHERE origin = $1', [ORIGIN]);
      return rows;
    };
    const before = await size();
    expect(await kit.act(one, 'lot-1', 'bidding.ask', { text: ASKED[0] })).toMatchObject({ ok: true });
    expect(await size()).toEqual(before);
    expect(await kit.act(one, 'lot-1', 'bidding.ask', { text: '长'.repeat(1_001) })).toMatchObject({ ok: false, code: 'E_INPUT' });
    await clock.advance(Date.parse(DEADLINE) - clock.nowMs());
    expect(await kit.act(one, 'lot-1', 'bidding.ask', { text: ASKED[1] })).toMatchObject({ ok: false, code: 'E_DEADLINE_PASSED' });
    expect(await sut.of(await state(), ['agency'])).toHaveLength(1);
  });
});
