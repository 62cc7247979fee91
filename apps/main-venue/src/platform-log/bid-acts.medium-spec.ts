import type { JsonObject } from '@app/contracts';
import { toldList } from '@app/evaluation';
import { signWish } from '@app/client';
import { FakeClock } from '@app/platform';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { type ActsKit, createActsKit, DEADLINE, type TestBidder } from '../../test/support/acts-kit.js';
import { INSTALLATION, profile } from '../../test/support/people.js';
import { ActOrder } from './act-order.js';

jest.setTimeout(60_000);

const ORIGIN = `${INSTALLATION}/lot/lot-1/1`;
const DOWNLOAD: JsonObject = { package: '0'.repeat(64) };

describe('acts before the deadline at the main venue', () => {
  let clock: FakeClock;
  let kit: ActsKit;
  const started = async (bidders: number, limits: Parameters<typeof createActsKit>[2] = {}): Promise<TestBidder[]> => {
    kit = await createActsKit(clock, bidders, limits);
    await kit.open('lot-1');
    await clock.advance(1_000);
    return [...kit.bidders];
  };
  beforeEach(() => {
    clock = new FakeClock();
  });
  afterEach(() => kit.close());

  /** The lock as the main venue's reactor does it. */
  const lock = async () => {
    await clock.advance(Math.max(0, Date.parse(DEADLINE) - clock.nowMs()));
    const main = kit.people.nodes.find(({ id }) => id === 'main');
    if (main === undefined) throw new Error('no main node');
    const acts = await kit.desk.settled(ORIGIN, DEADLINE);
    const target = { origin: ORIGIN, lot: 'lot-1', round: 1 };
    const secrets = { acts: acts.map((act) => ({ ...act })) };
    const wish = { type: 'bidding.lock', payload: {}, party: 'node:main', at: clock.instant(), basis: 0, secrets };
    const { outcome } = await kit.process.pipeline.submit(await signWish(profile, main.identity, target, wish));
    const state = await kit.process.pipeline.lotState(ORIGIN);
    const list = toldList(state, DEADLINE)?.events[0];
    return { acts, outcome, state, list: list ?? null };
  };
  /** Nothing is decided while another process holds the lot. */
  const holdLot = async (): Promise<() => Promise<void>> => {
    const held = await kit.pool.connect();
    await held.query('BEGIN');
    await held.query('SELECT pg_advisory_xact_lock($1::bigint)', [kit.acts.lockOf(ORIGIN)]);
    return async () => {
      await held.query('COMMIT');
      held.release();
    };
  };
  const untilWaiting = async (count: number): Promise<void> => {
    const order = kit.process.get(ActOrder);
    while (order.waiting(ORIGIN) < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const inOrder = (acts: readonly { at: string }[]): boolean =>
    acts.every(({ at }, index) => index === 0 || (acts[index - 1]?.at ?? '') <= at);

  it('SEC-7 two organisations that deliver under one bid id do not keep the lot from being locked', async () => {
    const [one, accomplice, ...others] = (await started(4)) as [TestBidder, TestBidder, ...TestBidder[]];
    const bid = v7();
    // Both send at once: whichever is taken first stands.
    const twins = [one, accomplice].map(async (bidder) =>
      kit.act(bidder, 'lot-1', 'bidding.deliver', await kit.seal(bidder, 'lot-1', bid)),
    );
    const outcomes = await Promise.all(twins);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ code: 'E_INPUT', message: expect.stringContaining('id') });
    for (const bidder of others)
      expect(await kit.act(bidder, 'lot-1', 'bidding.deliver', await kit.seal(bidder, 'lot-1'))).toMatchObject({ ok: true });
    const { outcome, state, list } = await lock();
    expect(outcome).toMatchObject({ ok: true });
    expect([state.status, state.bidding.bids]).toEqual(['SUBMISSION_CLOSED', {}]);
    expect([list?.['bids'], list?.['dropped']]).toEqual([[expect.anything(), expect.anything(), expect.anything()], []]);
  });

  it.each([3, 5])('电子招标投标办法 21 stores acts and list of %i bids in the same sizes, and reads them back', async (count) => {
    for (const bidder of await started(count)) await kit.act(bidder, 'lot-1', 'bidding.deliver', await kit.seal(bidder, 'lot-1'));
    const { list } = await lock();
    expect(list?.['bids']).toHaveLength(count);
    const { rows } = await kit.pool.query<{ name: string; size: number }>(
      `SELECT name, octet_length(ciphertext) AS size FROM entry_part JOIN entry USING (log_id, seq) JOIN log ON log.id = log_id
       WHERE origin = $1 AND convert_from(header, 'UTF8')::json ->> 'type' = 'bidding.lock' AND name IN ('x:acts', 'd:list') ORDER BY name`,
      [ORIGIN],
    );
    const size = 1_048_576 + 16;
    expect(rows).toEqual([
      { name: 'd:list', size },
      { name: 'x:acts', size },
    ]);
  });

  it('SEC-7 a clock that is set back between two acts breaks nothing: who acts twice acts in that order', async () => {
    const bidders = (await started(3)) as [TestBidder, TestBidder, TestBidder];
    const [one] = bidders;
    const first = await kit.seal(one, 'lot-1');
    const second = await kit.seal(one, 'lot-1');
    const delivered = await kit.act(one, 'lot-1', 'bidding.deliver', first);
    await clock.advance(-30_000);
    const replaced = await kit.act(one, 'lot-1', 'bidding.replace', { ...second, replaces: first['bid'] ?? '' });
    expect(replaced).toMatchObject({ ok: true, at: delivered.at });
    for (const bidder of bidders.slice(1)) await kit.act(bidder, 'lot-1', 'bidding.deliver', await kit.seal(bidder, 'lot-1'));
    const { acts, outcome, list } = await lock();
    expect(outcome).toMatchObject({ ok: true });
    expect(inOrder(acts)).toBe(true);
    expect(list?.['bids']).toContainEqual(expect.objectContaining({ bid: second['bid'] }));
    expect(list?.['dropped']).toEqual([]);
  });

  it('SEC-7 one organisation fills no lot: so many acts are its own, and the last one is for withdrawing', async () => {
    const [one, other] = (await started(2, { ACTS_PER_ORGANISATION_MAX: 6 })) as [TestBidder, TestBidder];
    const refusal = async (type: string, payload: JsonObject, bidder = one): Promise<string | null> => {
      const outcome = await kit.act(bidder, 'lot-1', type, payload);
      return outcome.ok ? null : outcome.code;
    };
    for (let count = 0; count < 3; count += 1) expect(await refusal('bidding.download', DOWNLOAD)).toBeNull();
    expect(await refusal('bidding.download', DOWNLOAD)).toBe('QUOTA_EXCEEDED');
    let standing = await kit.seal(one, 'lot-1');
    expect(await refusal('bidding.deliver', standing)).toBeNull();
    const next = await kit.seal(one, 'lot-1');
    expect(await refusal('bidding.replace', { ...next, replaces: standing['bid'] ?? '' })).toBeNull();
    standing = next;
    const last = await kit.seal(one, 'lot-1');
    expect(await refusal('bidding.replace', { ...last, replaces: standing['bid'] ?? '' })).toBe('QUOTA_EXCEEDED');
    expect(await refusal('bidding.withdraw', { bid: standing['bid'] ?? '' })).toBeNull();
    expect(await refusal('bidding.download', DOWNLOAD, other)).toBeNull();
  });

  it('SEC-8 an act is stamped when it arrives, and counts although its turn comes after the deadline', async () => {
    const [one, other, third] = (await started(3)) as [TestBidder, TestBidder, TestBidder];
    const signed = await Promise.all(
      [one, other, third].map(async (bidder) => kit.sign(bidder, 'lot-1', 'bidding.deliver', await kit.seal(bidder, 'lot-1'))),
    );
    await clock.advance(Date.parse(DEADLINE) - clock.nowMs() - 1);
    const release = await holdLot();
    const answers = signed.map((act) => kit.process.pipeline.submit(act));
    await clock.advance(1);
    const late = kit.act(one, 'lot-1', 'bidding.download', DOWNLOAD);
    const locking = lock();
    await release();
    const justBefore = '2026-03-24T01:34:59.999Z';
    for (const answer of answers) expect((await answer).outcome).toMatchObject({ ok: true, at: justBefore });
    expect(await late).toMatchObject({ ok: false, code: 'E_DEADLINE_PASSED' });
    const { acts, outcome, list } = await locking;
    expect(outcome).toMatchObject({ ok: true });
    expect(acts.map(({ at }) => at)).toEqual([justBefore, justBefore, justBefore]);
    expect(list?.['bids']).toHaveLength(3);
    // A clock that is set back now lets nobody in after the list is made.
    await clock.advance(-60_000);
    expect(await kit.act(third, 'lot-1', 'bidding.download', DOWNLOAD)).toMatchObject({ ok: false });
  });

  it('SEC-8 who sends much waits behind himself: everybody else’s act comes after one of his', async () => {
    const [flood, other] = (await started(2, { ACTS_PER_MINUTE_MAX: 10 })) as [TestBidder, TestBidder];
    const mine = await Promise.all(Array.from({ length: 30 }, () => kit.sign(flood, 'lot-1', 'bidding.download', DOWNLOAD)));
    const theirs = await kit.sign(other, 'lot-1', 'bidding.download', DOWNLOAD);
    const release = await holdLot();
    const outcomes = Promise.all(mine.map(async (signed) => (await kit.process.pipeline.submit(signed)).outcome));
    await untilWaiting(10);
    const answer = kit.process.pipeline.submit(theirs);
    await untilWaiting(11);
    await release();
    expect((await answer).outcome).toMatchObject({ ok: true });
    // What is more than the rate is turned away before it waits for anything, and may come again.
    expect((await outcomes).filter((one) => !one.ok && one.code === 'RATE_LIMITED')).toHaveLength(20);
    const { rows } = await kit.pool.query<{ id: string }>('SELECT id FROM platform_act WHERE lot_tag IS NOT NULL ORDER BY number');
    expect(rows.map(({ id }) => id === theirs.command.id)).toEqual(Array.from({ length: 9 }, (_none, place) => place === 1));
    await clock.advance(60_000);
    expect(await kit.act(flood, 'lot-1', 'bidding.download', DOWNLOAD)).toMatchObject({ ok: false, code: 'QUOTA_EXCEEDED' });
  });
});
