import { describe, expect, it } from '@jest/globals';
import { canonicalText, type JsonObject, parseCanonical } from '@app/contracts';
import { TV_E2E_01 } from '@app/testing/lots';
import {
  bidAct,
  createLot,
  deliver,
  delivery,
  type Desk,
  lock,
  makeBidAt,
  type Play,
  publishKeys,
  publishLot,
  seat,
  uploadOf,
} from '@app/testing/play';
import { listedBids } from './selectors.js';
import { replayActs } from './acts.js';

function open(): Play {
  const play = seat(TV_E2E_01);
  createLot(play);
  publishKeys(play);
  publishLot(play);
  play.table.waitUntil('2026-03-10T02:00:00.000Z');
  return play;
}
const desk = (play: Play, at = 0): Desk => play.desks[at]!;
/** Code an act is refused with, null when accepted (and recorded). */
function code(play: Play, at: number, type: string, payload: JsonObject, upload = uploadOf(payload)): string | null {
  const decision = bidAct(play, desk(play, at), type, payload, upload);
  return decision.ok ? null : decision.code;
}

describe('acts before the deadline', () => {
  it('A-91 A-100 A-101 a bid sealed to the lot’s trustees is received', () => {
    const play = open();
    expect(code(play, 0, 'bidding.deliver', delivery(makeBidAt(play, desk(play))))).toBeNull();
  });

  it('A-92 a bidder replaces its own standing bid, and only that', () => {
    const play = open();
    const [first, second] = [makeBidAt(play, desk(play)), makeBidAt(play, desk(play))];
    expect(code(play, 0, 'bidding.replace', { ...delivery(second), replaces: first.bid })).toBe('NOT_FOUND');
    expect(code(play, 0, 'bidding.deliver', delivery(first))).toBeNull();
    expect(code(play, 0, 'bidding.deliver', delivery(second))).toBe('E_ALREADY_DONE');
    expect(code(play, 0, 'bidding.replace', { ...delivery(first), replaces: first.bid })).toBe('E_INPUT');
    expect(code(play, 0, 'bidding.replace', { ...delivery(second), replaces: first.bid })).toBeNull();
    expect(code(play, 1, 'bidding.withdraw', { bid: second.bid })).toBe('NOT_FOUND');
  });

  it('A-93 a bid is withdrawn and another may follow; an act is recorded once', () => {
    const play = open();
    const first = makeBidAt(play, desk(play));
    expect(code(play, 0, 'bidding.deliver', delivery(first))).toBeNull();
    expect(code(play, 0, 'bidding.withdraw', { bid: first.bid })).toBeNull();
    expect(code(play, 0, 'bidding.withdraw', { bid: first.bid })).toBe('NOT_FOUND');
    expect(code(play, 0, 'bidding.deliver', delivery(makeBidAt(play, desk(play))))).toBeNull();
    const again = play.acts[0]!;
    expect(replayActs(play.table.state, [again, again])).toMatchObject({ ok: false });
  });

  it('A-96 A-97 nothing is taken at or after the deadline, by the venue’s clock', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    play.table.waitUntil('2026-03-24T01:30:00.000Z');
    for (const [type, given] of [
      ['bidding.deliver', payload],
      ['bidding.download', { package: 'a'.repeat(64) }],
      ['bidding.withdraw', { bid: payload['bid'] ?? '' }],
    ] as const) {
      expect(code(play, 0, type, given)).toBe('E_DEADLINE_PASSED');
    }
  });

  it('A-95 an upload whose last byte has not come counts for nothing (电子招标投标办法 27)', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    expect(code(play, 0, 'bidding.deliver', payload, null)).toBe('E_INPUT');
    expect(code(play, 0, 'bidding.deliver', payload, { ...uploadOf(payload)!, complete: false })).toBe('E_INPUT');
  });

  it('A-94 an unencrypted bid is refused (电子招标投标办法 26)', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    expect(code(play, 0, 'bidding.deliver', payload, { ...uploadOf(payload)!, encrypted: false })).toBe('E_NOT_ENCRYPTED');
    expect(code(play, 0, 'bidding.deliver', { ...payload, manifest: {} }, uploadOf(payload))).toBe('E_NOT_ENCRYPTED');
  });

  it('A-99 format check: another file, another lot’s keys, another bidder’s box are refused', () => {
    const play = open();
    const made = makeBidAt(play, desk(play));
    const payload = delivery(made);
    expect(code(play, 0, 'bidding.deliver', payload, { ...uploadOf(payload)!, hash: 'f'.repeat(64) })).toBe('E_BOX_INVALID');
    const other = open();
    expect(code(play, 0, 'bidding.deliver', delivery(makeBidAt(other, desk(other))))).toBe('E_BOX_INVALID');
    expect(code(play, 1, 'bidding.deliver', payload)).toBe('E_BOX_INVALID');
    const fewer = { ...made.manifest, threshold: 2 };
    expect(code(play, 0, 'bidding.deliver', { ...payload, manifest: fewer })).toBe('E_BOX_INVALID');
  });

  it('电子招标投标办法 21 nobody in the lot’s log learns of an act before the lock', () => {
    const play = open();
    const before = play.table.entries.length;
    play.desks.forEach((one) => {
      deliver(play, one);
    });
    expect(play.table.entries.length).toBe(before);
  });

  it('a suspended lot takes no bids', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    play.table.act('supervisor', 'lot.order', { kind: 'PAUSE', reason: '核查' });
    expect(code(play, 0, 'bidding.deliver', payload)).toBe('WRONG_STATE');
  });
});

describe('the lock', () => {
  it('A-101 lists standing bids by time of delivery; replaced and withdrawn ones are only counted', () => {
    const play = open();
    const [a, b] = [desk(play, 0), desk(play, 1)];
    const old = makeBidAt(play, a);
    code(play, 0, 'bidding.deliver', delivery(old));
    deliver(play, b);
    play.table.waitUntil('2026-03-11T00:00:00.000Z');
    for (const index of [2, 3]) {
      deliver(play, desk(play, index));
      play.table.waitUntil(`2026-03-1${index}T00:00:00.000Z`);
    }
    const fresh = makeBidAt(play, a);
    code(play, 0, 'bidding.replace', { ...delivery(fresh), replaces: old.bid });
    code(play, 3, 'bidding.withdraw', { bid: desk(play, 3).made?.bid ?? '' });
    lock(play);
    expect(listedBids(play.table.state).map(({ bid, bidder }) => [bid, bidder])).toEqual([
      [b.made?.bid, 'bidder-1'],
      [desk(play, 2).made?.bid, 'bidder-2'],
      [fresh.bid, 'bidder-3'],
    ]);
    expect(play.table.state.bidding.counts).toEqual({ downloads: 3, deliveries: 4, replacements: 1, withdrawals: 1 });
    expect(play.table.state.status).toBe('SUBMISSION_CLOSED');
  });

  it('waits for the deadline, is the main venue’s, and happens once', () => {
    const play = open();
    play.desks.forEach((one) => {
      deliver(play, one);
    });
    const secrets = { acts: parseCanonical(canonicalText(play.acts)) };
    expect(play.table.refusal('node:main', 'bidding.lock', {}, { secrets })).toBe('E_TOO_EARLY');
    play.table.waitUntil('2026-03-24T01:30:00.000Z');
    expect(play.table.refusal('node:sub-1', 'bidding.lock', {}, { secrets })).toBe('FORBIDDEN');
    expect(play.table.refusal('agency', 'bidding.lock', {}, { secrets })).toBe('FORBIDDEN');
    lock(play);
    expect(play.table.refusal('node:main', 'bidding.lock', {}, { secrets })).toBe('WRONG_STATE');
  });

  it('refuses a list with an act that does not stand: late, out of order or changed', () => {
    const play = open();
    play.desks.forEach((one) => {
      deliver(play, one);
      play.table.pass(60);
    });
    play.table.waitUntil('2026-03-24T01:30:00.000Z');
    const acts = parseCanonical(canonicalText(play.acts)) as JsonObject[];
    const refusal = (given: readonly JsonObject[]): string | null =>
      play.table.refusal('node:main', 'bidding.lock', {}, { secrets: { acts: given } });
    expect(refusal([...acts].reverse())).toBe('E_INPUT');
    expect(refusal(acts.map((act, index) => (index === 1 ? { ...act, at: '2026-03-24T01:30:00.000Z' } : act)))).toBe('E_INPUT');
    expect(refusal(acts.map((act, index) => (index === 1 ? { ...act, upload: null } : act)))).toBe('E_INPUT');
    expect(refusal(acts)).toBeNull();
  });

  it.each([0, 1, 2])('A-109 B-018 B-033 with %i bids there is no opening: the lot has failed and is tendered again', (count) => {
    const play = open();
    play.desks.slice(0, count).forEach((one) => {
      deliver(play, one);
    });
    lock(play);
    expect(play.table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'LT3_SUBMITTED' } } });
    expect(play.table.refusal('agency', 'opening.start')).toBe('WRONG_STATE');
  });
});
