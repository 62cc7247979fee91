import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import { toBase64Url } from '@app/contracts';
import { openingRecord, openingSheetOf, owed, zOpeningSheet } from '@app/evaluation';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at,
  bidAct,
  bidderOf,
  createLot,
  decryptAndOpen,
  decryptBid,
  deliver,
  delivery,
  type Desk,
  extractBid,
  innerHeaderAt,
  lock,
  makeBidAt,
  once,
  openAllBids,
  openBid,
  openedSecrets,
  type Play,
  publishKeys,
  publishLot,
  releaseKeys,
  seat,
  startOpening,
} from '@app/testing/play';
import { first, started, status } from './opening-session.js';

/** Of the bids in their order: three decimals, none, a sum that rounding would make one of two decimals. */
const PRICES = ['9620000.001', '9480000', '9349999.999999'];

describe('decryption (A-110 … A-113)', () => {
  const ready = (): Play => {
    const play = started(TV_E2E_01);
    releaseKeys(play);
    for (const desk of play.desks) extractBid(play, desk);
    return play;
  };

  it('gives the bidder the header it signed for and no other', () => {
    const play = started();
    releaseKeys(play);
    const bid = first(play).made?.bid ?? '';
    const other = innerHeaderAt(play, play.desks[1]!);
    expect(play.table.refusal('node:main', 'opening.extract-bid', { bid, innerHeader: other })).toBe('E_BOX_INVALID');
    expect(play.table.refusal('node:main', 'opening.extract-bid', { bid, innerHeader: null })).toBe('E_BOX_INVALID');
    expect(play.table.refusal('node:sub-1', 'opening.extract-bid', { bid, innerHeader: other })).toBe('FORBIDDEN');
    extractBid(play, first(play));
    expect(play.table.refusal('node:main', 'opening.extract-bid', { bid, innerHeader: null })).toBe('E_ALREADY_DONE');
  });

  it('takes the key of the bidder’s own bid only, and only one that fits its header', () => {
    const play = ready();
    const bid = first(play).made?.bid ?? '';
    const bidder = bidderOf(play, first(play));
    const wrong = { secrets: { 'file-key': toBase64Url(new Uint8Array(16)) } };
    expect(play.table.refusal(bidder, 'opening.decrypt-bid', { bid }, wrong)).toBe('E_KEY_MISMATCH');
    expect(play.table.refusal(bidderOf(play, play.desks[1]!), 'opening.decrypt-bid', { bid }, wrong)).toBe('FORBIDDEN');
    decryptBid(play, first(play));
    expect(play.table.refusal(bidder, 'opening.decrypt-bid', { bid }, wrong)).toBe('E_ALREADY_DONE');
  });

  it('B-023 opens exactly the index and sheet that the bidder committed to', () => {
    const play = ready();
    const [a, b] = [first(play), play.desks[1]!];
    decryptBid(play, a);
    decryptAndOpen(play, b);
    const bid = a.made?.bid ?? '';
    const secrets = openedSecrets(play, a);
    const { index, sheet } = secrets;
    const open = (change: JsonObject): string | null =>
      play.table.refusal('node:main', 'opening.open-bid', { bid }, { secrets: { ...secrets, ...change } });
    expect(open({ sheet: { ...(sheet as JsonObject), price: '1.00' } })).toBe('OPENING_MISMATCH');
    expect(open({ index: { ...(index as JsonObject), bid }, sheet: {} })).toBe('OPENING_MISMATCH');
    expect(open({})).toBeNull();
    openBid(play, a);
    expect(status(play.table.state, a)).toBe('OPENED');
  });

  it('discloses the keys of the parts by type: all of them, and none but the bid’s own', () => {
    const play = ready();
    const [a, b] = [first(play), play.desks[1]!];
    decryptBid(play, a);
    decryptBid(play, b);
    const bid = a.made?.bid ?? '';
    const secrets = openedSecrets(play, a);
    expect(Object.keys(secrets).sort()).toEqual(['index', 'keys-opening-sheet', 'keys-price', 'keys-technical', 'sheet']);
    const { 'keys-price': price = {}, ...withoutPrice } = secrets;
    const refused = (given: JsonObject): string | null => play.table.refusal('node:main', 'opening.open-bid', { bid }, { secrets: given });
    expect(refused(withoutPrice)).toBe('E_INPUT');
    expect(refused({ ...secrets, 'keys-price': openedSecrets(play, b)['keys-price'] ?? {} })).toBe('E_INPUT');
    expect(refused({ ...secrets, 'keys-price': secrets['keys-technical'] ?? {} })).toBe('E_INPUT');
    expect(refused({ ...secrets, 'keys-blind-technical': price })).toBe('E_INPUT');
    expect(refused({ ...secrets, 'keys-': {} })).toBe('E_INPUT');
    expect(refused({ ...secrets, 'keys-price': { '0003': 'not a key' } })).toBe('E_INPUT');
    expect(refused(secrets)).toBeNull();
  });

  it('电子招标投标办法 31 a bidder that lets the window pass counts as revoked; the others go on', () => {
    const play = ready();
    for (const desk of play.desks.slice(1)) decryptAndOpen(play, desk);
    expect(play.table.refusal('node:main', 'opening.close-decryption')).toBe('E_STEP_BARRIER');
    const bid = first(play).made?.bid ?? '';
    play.table.waitUntil(play.table.state.opening.decryptUntil ?? '');
    expect(
      play.table.refusal(bidderOf(play, first(play)), 'opening.decrypt-bid', { bid }, { secrets: { 'file-key': 'a'.repeat(22) } }),
    ).toBe('E_DEADLINE_PASSED');
    play.table.act('node:main', 'opening.close-decryption');
    expect(play.table.state.opening.bids[bid]).toMatchObject({ status: 'FAILED_BIDDER_FAULT', result: 'TIMEOUT', fault: 'BIDDER' });
    expect(play.table.state.opening.step).toBe('READ_OUT');
  });

  it('电子招标投标办法 31 the host or the supervisor extends the window for everybody', () => {
    const play = ready();
    const until = play.table.state.opening.decryptUntil ?? '';
    play.table.act('agency', 'opening.extend-window', { seconds: 1_800, reason: 'CA 服务中断' });
    play.table.act('supervisor', 'opening.extend-window', { seconds: 600, reason: 'CA 服务中断' });
    expect(Date.parse(play.table.state.opening.decryptUntil ?? '') - Date.parse(until)).toBe(2_400_000);
  });

  it('C12 a price with more than two decimals is refused, not rounded: in a bid, in its security, in the tender document', () => {
    const play = at({ ...TV_E2E_01, bids: TV_E2E_01.bids.map((bid, index) => ({ ...bid, price: PRICES[index] ?? bid.price })) }, 'locked');
    startOpening(play);
    openAllBids(play);
    const outcome = play.desks.map((desk) => play.table.state.opening.bids[desk.made?.bid ?? '']);
    expect(outcome.map((bid) => bid?.status)).toEqual([
      'FAILED_BIDDER_FAULT',
      'OPENED',
      'FAILED_BIDDER_FAULT',
      ...Array<string>(4).fill('OPENED'),
    ]);
    expect(outcome[0]?.explanation).toMatch(/price: money has at most two decimals/);
    const sheet = openingSheetOf(play.table.state, bidderOf(play, play.desks[1]!));
    expect(zOpeningSheet.safeParse(sheet).success).toBe(true);
    for (const amount of ['10000.001', '-1.00'])
      expect(zOpeningSheet.safeParse({ ...sheet, security: { kind: '电子保函', amount } }).success).toBe(false);
    for (const ceiling of ['10000000.001', '-1', '0', '0.00'])
      expect(() => {
        createLot(seat({ ...TV_E2E_01, rules: { ...TV_E2E_01.rules, ceiling } }));
      }).toThrow('E_INPUT');
  });

  it('fewer than three opened bids end the lot: LT3_AFTER_DECRYPT', () => {
    const play = started(TV_E2E_02);
    releaseKeys(play);
    for (const desk of play.desks) extractBid(play, desk);
    for (const desk of play.desks.slice(1)) decryptAndOpen(play, desk);
    play.table.waitUntil(play.table.state.opening.decryptUntil ?? '');
    play.table.act('node:main', 'opening.close-decryption');
    expect(play.table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'LT3_AFTER_DECRYPT' } } });
  });

  it('an opening sheet off its form, or a box dealt dishonestly, is the bidder’s fault', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    const [liar, ...honest] = play.desks as [Desk, ...Desk[]];
    const made = makeBidAt(play, liar);
    const [one, two, ...rest] = made.manifest.keepers;
    const swapped = { ...made.manifest, keepers: [{ ...one!, wrap: two!.wrap }, { ...two!, wrap: one!.wrap }, ...rest] };
    bidAct(play, liar, 'bidding.deliver', { ...delivery(made), manifest: swapped });
    liar.made = made;
    honest.forEach((desk) => {
      deliver(play, desk);
    });
    lock(play);
    startOpening(play);
    releaseKeys(play);
    play.table.act('node:main', 'opening.extract-bid', { bid: made.bid, innerHeader: null });
    expect(play.table.state.opening.bids[made.bid]).toMatchObject({ status: 'FAILED_BIDDER_FAULT', result: 'FILE_CORRUPT' });
  });
});

describe('excluding a bid at the opening (domain.md §6.3, §14.1)', () => {
  const ready = once(() => {
    const play = started(TV_E2E_01);
    releaseKeys(play);
    for (const desk of play.desks) extractBid(play, desk);
    return play;
  });
  const bidOfFirst = (play: Play): string => first(play).made?.bid ?? '';
  const broken = (bid: string): JsonObject => ({ bid, result: 'FILE_CORRUPT', fault: 'BIDDER', explanation: '文件损坏' });
  const fact = (code: string): { facts: JsonObject } => ({ facts: { fault: { code, message: 'as found' } } });
  const finding = (bid: string, result = 'CERT_EXPIRED', fault = 'CA'): JsonObject => ({ bid, result, fault, explanation: '证书服务故障' });
  const found = (play: Play): JsonObject => ({ finding: play.table.state.opening.findings[bidOfFirst(play)]?.id ?? '' });
  const windowOver = (play: Play): void => {
    play.table.waitUntil(play.table.state.opening.decryptUntil ?? '');
  };

  it('SEC-3 B2 the agency throws out no bid by its own sentence, before or after it is decrypted', () => {
    const play = ready();
    const bid = bidOfFirst(play);
    const attempt = (): (string | null)[] => [
      play.table.refusal('agency', 'opening.fail-bid', broken(bid), fact('BODY')),
      play.table.refusal('agency', 'opening.record-finding', finding(bid, 'PLATFORM_ERROR', 'PLATFORM')),
      play.table.refusal('agency', 'opening.record-finding', finding(bid, 'WRONG_KEY', 'BIDDER')),
    ];
    expect(attempt()).toEqual(['FORBIDDEN', 'E_TOO_EARLY', 'E_TOO_EARLY']);
    decryptBid(play, first(play));
    expect(attempt()).toEqual(['FORBIDDEN', 'E_TOO_EARLY', 'E_TOO_EARLY']);
    openBid(play, first(play));
    windowOver(play);
    expect(attempt()).toEqual(['FORBIDDEN', 'E_ALREADY_DONE', 'E_ALREADY_DONE']);
    expect(status(play.table.state, first(play))).toBe('OPENED');
  });

  it('SEC-3 the main venue throws out a bid only for a fault that shows in its bytes at this moment, and that stands on the record', () => {
    const play = started(TV_E2E_01);
    const bid = bidOfFirst(play);
    const fail = (code: string): string | null => play.table.refusal('node:main', 'opening.fail-bid', broken(bid), fact(code));
    expect(fail('BODY')).toBe('E_STEP_BARRIER');
    releaseKeys(play);
    expect(play.table.refusal('node:main', 'opening.fail-bid', broken(bid))).toBe('E_INPUT');
    expect(play.table.refusal('node:sub-1', 'opening.fail-bid', broken(bid), fact('BODY'))).toBe('FORBIDDEN');
    expect([fail('CIPHERTEXT'), fail('PART'), fail('BODY')]).toEqual(['E_INPUT', 'E_INPUT', null]);
    extractBid(play, first(play));
    expect(fail('BODY')).toBe('E_ALREADY_DONE');
    decryptBid(play, first(play));
    expect([fail('BODY'), fail('FILE_KEY'), fail('PART')]).toEqual(['E_INPUT', 'E_INPUT', null]);
    play.table.act('node:main', 'opening.fail-bid', broken(bid), fact('PART'));
    expect(play.table.state.opening.bids[bid]).toMatchObject({ status: 'FAILED_BIDDER_FAULT', explanation: 'PART: as found' });
    // No person finds otherwise what the bytes show.
    windowOver(play);
    expect(play.table.refusal('agency', 'opening.record-finding', finding(bid))).toBe('E_ALREADY_DONE');
  });

  it('B2 what a person finds counts after the window alone, with another person’s certificate', () => {
    const play = ready();
    const { table } = play;
    const bid = bidOfFirst(play);
    for (const desk of play.desks.slice(1)) decryptAndOpen(play, desk);
    windowOver(play);
    expect(table.refusal('agency', 'opening.record-finding', finding(bid), { assurance: 'session' })).toBe('ASSURANCE');
    table.act('agency', 'opening.record-finding', finding(bid));
    expect(status(table.state, first(play))).toBe('EXTRACTED');
    for (const party of ['witness-main', 'supervisor'])
      expect(owed(table.state, party).map(({ command }) => command)).toContain('opening.countersign-finding');
    expect(table.refusal('agency', 'opening.countersign-finding', found(play))).toBe('FORBIDDEN');
    expect(table.refusal('tenderer', 'opening.countersign-finding', found(play))).toBe('FORBIDDEN');
    expect(table.refusal('witness-main', 'opening.countersign-finding', found(play), { assurance: 'session' })).toBe('ASSURANCE');
    expect(table.refusal('witness-main', 'opening.countersign-finding', { finding: 'another' })).toBe('NOT_FOUND');
    table.act('witness-main', 'opening.countersign-finding', found(play));
    expect(table.state.opening.bids[bid]).toMatchObject({ status: 'FAILED_OTHER_FAULT', result: 'CERT_EXPIRED', fault: 'CA' });
    expect(table.refusal('supervisor', 'opening.countersign-finding', found(play))).toBe('E_ALREADY_DONE');
    expect(table.refusal('agency', 'opening.record-finding', finding(bid))).toBe('E_ALREADY_DONE');
    table.act('node:main', 'opening.close-decryption');
    expect(openingRecord(table.state)['findings']).toMatchObject([{ bid, by: 'agency', countersignedBy: 'witness-main', fault: 'CA' }]);
  });

  it('B2 a bid that timed out is found another’s fault until the record is made, and no bid is thrown out by that', () => {
    const play = ready();
    const { table } = play;
    const bid = bidOfFirst(play);
    for (const desk of play.desks.slice(1)) decryptAndOpen(play, desk);
    windowOver(play);
    table.act('node:main', 'opening.close-decryption');
    expect(status(table.state, first(play))).toBe('FAILED_BIDDER_FAULT');
    table.act('agency', 'opening.record-finding', finding(bid, 'TIMEOUT', 'FORCE_MAJEURE'));
    table.act('supervisor', 'opening.countersign-finding', found(play));
    expect(table.state.opening.bids[bid]).toMatchObject({ status: 'FAILED_OTHER_FAULT', fault: 'FORCE_MAJEURE' });
    const other = play.desks[1]?.made?.bid ?? '';
    expect(table.refusal('agency', 'opening.record-finding', finding(other))).toBe('E_ALREADY_DONE');
  });

  it('B2 a bidder who has decrypted is found at no fault, and another’s fault in the window pauses and extends for all', () => {
    const play = ready();
    const { table } = play;
    decryptBid(play, first(play));
    const before = table.state.opening.decryptUntil ?? '';
    table.act('node:main', 'opening.pause', { reason: '平台故障' });
    table.pass(599);
    table.act('supervisor', 'opening.resume');
    expect(Date.parse(table.state.opening.decryptUntil ?? '') - Date.parse(before)).toBe(600_000);
    windowOver(play);
    expect(table.refusal('agency', 'opening.record-finding', finding(bidOfFirst(play), 'TIMEOUT', 'BIDDER'))).toBe('FORBIDDEN');
    expect(table.refusal('agency', 'opening.record-finding', finding(bidOfFirst(play), 'PLATFORM_ERROR', 'PLATFORM'))).toBeNull();
  });
});
