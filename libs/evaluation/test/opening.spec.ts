import { describe, expect, it } from '@jest/globals';
import type { ErrorCode, JsonObject, JsonValue, Viewer } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import { encodePublicKey, generateKeeperKey, PART_TYPES, proveKeeperKey } from '@app/sealing';
import type { LotState } from '@app/evaluation';
import {
  actOf,
  COEFFICIENT_PURPOSE,
  disclosed,
  drawCoefficient,
  keyPublication,
  keysSecret,
  mayReadBidPart,
  openingRecord,
  openingSheetOf,
  owed,
  owedReleases,
  view,
  zOpeningSheet,
} from '@app/evaluation';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at,
  bidAct,
  bidderOf,
  closeOpening,
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
  openBoxes,
  openedSecrets,
  type Play,
  publishKeys,
  publishLot,
  releaseKeys,
  sealAt,
  seat,
  startOpening,
  submitBox,
} from '@app/testing/play';

const first = (play: Play): Desk => play.desks[0]!;
const started = (plan: LotPlan = TV_E2E_02): Play => {
  const play = at(plan, 'locked');
  startOpening(play);
  return play;
};
const status = (state: LotState, desk: Desk): string | undefined => state.opening.bids[desk.made?.bid ?? '']?.status;

/** A key of this keeper for bids, as he publishes it. */
const published = ({ table }: Play, party: string, key = generateKeeperKey(table.profile)): JsonObject =>
  keyPublication(table.run, party, 'bids', key);

describe('the session', () => {
  it('A-107 B-018 starts by the host after the lock, once', () => {
    const play = at(TV_E2E_02, 'locked');
    expect(play.table.refusal('tenderer', 'opening.start')).toBe('FORBIDDEN');
    expect(play.table.refusal('agency', 'opening.publish-list')).toBe('WRONG_STATE');
    startOpening(play);
    expect(play.table.refusal('agency', 'opening.start')).toBe('WRONG_STATE');
    expect(play.table.refusal('agency', 'opening.publish-list')).toBe('WRONG_STEP');
    expect(play.table.refusal('bidder-1', 'opening.sign-in')).toBe('E_ALREADY_DONE');
  });

  it('asks tenderer, witness and bidders to sign in, and then for the signature of the record', () => {
    const play = at(TV_E2E_02, 'locked');
    const { table } = play;
    const owes = (party: string, command: string): boolean => owed(table.state, party).some((duty) => duty.command === command);
    table.act('agency', 'opening.start');
    for (const party of ['tenderer', 'witness-main', 'bidder-1']) {
      expect([party, owes(party, 'opening.sign-in')]).toEqual([party, true]);
      table.act(party, 'opening.sign-in', {}, { assurance: 'session' });
      expect([party, owes(party, 'opening.sign-in')]).toEqual([party, false]);
    }
    expect(owes('supervisor', 'opening.sign-in')).toBe(false);
    table.act('agency', 'opening.publish-list');
    openAllBids(play);
    table.act('agency', 'opening.read-out');
    for (const desk of play.desks) table.act(bidderOf(play, desk), 'opening.confirm', {}, { assurance: 'session' });
    table.act('node:main', 'opening.make-record');
    for (const party of ['agency', 'tenderer', 'witness-main', 'bidder-1'])
      expect([party, owes(party, 'opening.sign-record')]).toEqual([party, true]);
    // Who was there stands in the record: nobody is asked to come any more.
    expect(owes('bidder-2', 'opening.sign-in')).toBe(false);
  });

  it('a pause stops every step and adds its time to the running window (domain.md §6.3)', () => {
    const play = started();
    releaseKeys(play);
    extractBid(play, first(play));
    const before = play.table.state.opening.decryptUntil ?? '';
    play.table.act('agency', 'opening.pause', { reason: '网络中断' });
    expect(play.table.refusal('node:main', 'opening.extract-bid', { bid: play.desks[1]?.made?.bid ?? '', innerHeader: null })).toBe(
      'WRONG_STEP',
    );
    expect(play.table.refusal('agency', 'opening.pause', { reason: '再次' })).toBe('E_ALREADY_DONE');
    play.table.pass(599);
    play.table.act('agency', 'opening.resume');
    expect(Date.parse(play.table.state.opening.decryptUntil ?? '') - Date.parse(before)).toBe(600_000);
    expect(play.table.refusal('agency', 'opening.resume')).toBe('WRONG_STEP');
  });

  it('a suspension of the lot adds its time too', () => {
    const play = started();
    releaseKeys(play);
    extractBid(play, first(play));
    const before = play.table.state.opening.decryptUntil ?? '';
    play.table.act('supervisor', 'lot.order', { kind: 'PAUSE', reason: '核查' });
    expect(
      play.table.refusal(
        'bidder-1',
        'opening.decrypt-bid',
        { bid: first(play).made?.bid ?? '' },
        { secrets: { 'file-key': 'a'.repeat(22) } },
      ),
    ).toBe('WRONG_STATE');
    play.table.pass(299);
    play.table.act('supervisor', 'lot.order', { kind: 'RESUME', reason: '核查完毕' });
    expect(Date.parse(play.table.state.opening.decryptUntil ?? '') - Date.parse(before)).toBe(300_000);
  });
});

describe('keepers', () => {
  const key = (play: Play, party: string): JsonObject => ({ 'private-key': play.keys.get(`${party}/bids`)?.privateKey ?? '' });

  it('release nothing before the list is published, and then each its own key once', () => {
    const play = at(TV_E2E_02, 'locked');
    expect(play.table.refusal('node:main', 'sealing.release', { purpose: 'bids' }, { secrets: key(play, 'node:main') })).toBe(
      'E_TOO_EARLY',
    );
    startOpening(play);
    const release = (party: string, of = party): string | null =>
      play.table.refusal(party, 'sealing.release', { purpose: 'bids' }, { secrets: key(play, of) });
    expect(release('node:main', 'tenderer')).toBe('E_KEY_MISMATCH');
    expect(release('node:sub-2')).toBe('E_INPUT');
    expect(release('node:main')).toBeNull();
    releaseKeys(play);
    expect(release('node:main')).toBe('E_ALREADY_DONE');
  });

  it('publish keys of this profile, those of bids before publication, by certificate or node', () => {
    const play = seat(TV_E2E_02);
    createLot(play);
    const { table } = play;
    const mine = published(play, 'tenderer');
    expect(table.refusal('tenderer', 'sealing.publish-key', mine, { assurance: 'session' })).toBe('ASSURANCE');
    expect(table.refusal('witness-main', 'sealing.publish-key', published(play, 'witness-main'))).toBe('FORBIDDEN');
    expect(table.refusal('tenderer', 'sealing.publish-key', { ...mine, publicKey: table.signer('tenderer').publicKey })).toBe('E_INPUT');
    publishKeys(play);
    expect(table.refusal('tenderer', 'sealing.publish-key', mine)).toBe('E_ALREADY_DONE');
  });

  it('SEC-11 takes no key that another keeper has, and none that nothing can be sealed to', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    const key = generateKeeperKey(play.table.profile);
    play.table.act('tenderer', 'sealing.publish-key', published(play, 'tenderer', key));
    expect(play.table.refusal('agency', 'sealing.publish-key', published(play, 'agency', key))).toBe('E_INPUT');
    const zero = encodePublicKey('agreement', new Uint8Array(32));
    expect(play.table.refusal('agency', 'sealing.publish-key', { ...published(play, 'agency'), publicKey: zero })).toBe('E_INPUT');
  });

  it('SEC-11 takes no key without a proof, of this keeper, purpose and lot, that he holds its private half', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    const { table } = play;
    const refusal = (payload: JsonObject) => table.refusal('agency', 'sealing.publish-key', payload);
    const key = generateKeeperKey(table.profile);
    const mine = published(play, 'agency', key);
    expect(refusal(mine)).toBeNull();
    const { publicKey } = key;
    const place = { origin: table.state.origin, purpose: 'bids', party: 'agency' };
    const proofFor = (other: Partial<typeof place>): string => proveKeeperKey(table.profile, { ...place, ...other }, key);
    expect(refusal({ purpose: 'bids', publicKey, proof: proofFor({}) })).toBeNull();
    for (const proof of [
      published(play, 'agency')['proof'] ?? null,
      proofFor({ party: 'tenderer' }),
      proofFor({ purpose: 'review' }),
      proofFor({ origin: 'gongping.test/lot/other/1' }),
      'A'.repeat(86),
    ])
      expect(refusal({ purpose: 'bids', publicKey, proof })).toBe('E_INPUT');
    expect(refusal({ purpose: 'bids', publicKey })).toBe('E_INPUT');
  });

  it('fewer than three of five open nothing (A-96: nobody else can decrypt)', () => {
    const play = started();
    for (const party of ['tenderer', 'agency'])
      play.table.act(party, 'sealing.release', { purpose: 'bids' }, { secrets: key(play, party) });
    const { bid = '' } = first(play).made ?? {};
    expect(play.table.refusal('node:main', 'opening.extract-bid', { bid, innerHeader: null })).toBe('E_STEP_BARRIER');
  });
});

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

describe('coefficient K (系数抽取)', () => {
  const values = ['0.955', '0.960', '0.965', '0.970', '0.975', '0.980', '0.985'];
  const drawn: LotPlan = {
    ...TV_E2E_01,
    rules: { ...TV_E2E_01.rules, price: { ...TV_E2E_01.rules.price, k: { drawn: values } } as LotPlan['rules']['price'] },
  };
  const atDraw = once(() => {
    const play = started(drawn);
    publishKeys(play);
    openAllBids(play);
    return play;
  });
  const CONTRIBUTORS = ['node:main', 'supervisor', 'bidder-1', 'bidder-2'];
  const named = (play: Play, contributors = CONTRIBUTORS, reason: string | null = null): ErrorCode | null =>
    play.table.refusal('agency', 'opening.name-contributors', { contributors, reason });
  const name = (play: Play, contributors = CONTRIBUTORS, reason: string | null = null): void => {
    play.table.act('agency', 'opening.name-contributors', { contributors, reason });
  };
  const seal = (play: Play, party: string, content: JsonValue = `nonce-of-${party.replace(':', '-')}-0123456789`): void => {
    submitBox(play, party, 'opening.contribute', COEFFICIENT_PURPOSE, content);
  };
  const sealed = (): Play => {
    const play = atDraw();
    name(play);
    for (const party of CONTRIBUTORS) seal(play, party);
    return play;
  };
  const open = (play: Play): void => {
    releaseKeys(play);
    openBoxes(play, 'opening.open-contributions', play.table.state.opening.coefficient.boxes);
  };
  const owedBy = (play: Play, party: string): string[] => owed(play.table.state, party).map(({ command }) => command);

  it('is drawn after decryption from nonces that stand in the record, and everybody is asked for what he owes', () => {
    const play = atDraw();
    const { table } = play;
    expect(table.state.opening.step).toBe('COEFFICIENT_DRAW');
    expect(owedBy(play, 'agency')).toEqual(['opening.name-contributors']);
    expect(named(play, ['node:main', 'bidder-1'])).toBe('E_INPUT');
    expect(named(play, ['supervisor', 'bidder-1'])).toBe('E_INPUT');
    expect(named(play, ['node:main', 'supervisor', 'nobody'])).toBe('E_INPUT');
    name(play);
    for (const party of CONTRIBUTORS) {
      expect(owedBy(play, party)).toEqual(['opening.contribute']);
      seal(play, party);
      expect(owedBy(play, party)).toEqual([]);
    }
    releaseKeys(play);
    expect(owedBy(play, 'node:main')).toEqual(['opening.open-contributions']);
    open(play);
    const { value, seed, nonces } = table.state.opening.coefficient;
    const { 'node:main': secret = '', ...others } = nonces;
    const contributions = Object.entries(others).map(([party, text]) => `${party}:${text}`);
    const { hashHex } = table.profile;
    expect(drawCoefficient({ lotCode: drawn.code, secret, contributions, values, hashHex })).toEqual({ seed, value });
    expect(openingRecord(table.state)['coefficient']).toEqual({ value, seed, requests: 1, nonces });
    expect(table.state.opening.step).toBe('READ_OUT');
  });

  it('A8 whoever falls silent chooses nothing: with the last box the keepers open everybody’s, and the main venue moves last no more', () => {
    const play = sealed();
    expect(CONTRIBUTORS.flatMap((party) => owedBy(play, party)).filter((command) => command.startsWith('opening.'))).toEqual([]);
    expect(owedReleases(play.table.state, 'node:sub-1')).toContain(COEFFICIENT_PURPOSE);
    open(play);
    expect(Object.keys(play.table.state.opening.coefficient.nonces).sort()).toEqual([...CONTRIBUTORS].sort());
    expect(values).toContain(play.table.state.opening.coefficient.value);
  });

  it('A8 three friends who may each stay silent get one value, and not one of eight', () => {
    const friends = ['bidder-1', 'bidder-2', 'bidder-3'];
    const play = atDraw();
    name(play, ['node:main', 'supervisor', ...friends]);
    for (const party of ['node:main', 'supervisor']) seal(play, party);
    // As long as one of them has not sealed his nonce no keeper opens anything that he could look at.
    expect(owedReleases(play.table.state, 'node:sub-1')).not.toContain(COEFFICIENT_PURPOSE);
    for (const party of friends) {
      const early = play.table.refusal('node:main', 'opening.open-contributions', {}, { secrets: { masters: {} } });
      expect(early).toBe('E_STEP_BARRIER');
      seal(play, party);
    }
    open(play);
    expect(Object.keys(play.table.state.opening.coefficient.nonces)).toHaveLength(5);
    // Nothing is left to try again with.
    expect(play.table.refusal('node:main', 'opening.open-contributions', {}, { secrets: { masters: {} } })).toBe('WRONG_STEP');
  });

  it('A8 SEC-4 contributors are fixed by the first box, others begin anew and are counted, and none are named when keepers may open', () => {
    const play = atDraw();
    name(play);
    seal(play, 'node:main');
    expect(named(play, ['node:main', 'supervisor'])).toBe('E_REASON_REQUIRED');
    name(play, ['node:main', 'supervisor', 'bidder-3'], '投标人二已离场');
    expect(play.table.state.opening.coefficient).toMatchObject({ request: { version: 2 }, boxes: {} });
    const box = sealAt(play, 'bidder-1', COEFFICIENT_PURPOSE, 'nonce-of-somebody-0123456789');
    const stranger = play.table.refusal(
      'bidder-1',
      'opening.contribute',
      { manifest: box.manifest },
      { secrets: { ciphertext: box.ciphertext } },
    );
    expect(stranger).toBe('FORBIDDEN');
    for (const party of ['node:main', 'supervisor', 'bidder-3']) seal(play, party);
    expect(named(play, CONTRIBUTORS, '再次更换')).toBe('E_ALREADY_LOCKED');
    expect(() => {
      seal(play, 'bidder-3');
    }).toThrow('E_ALREADY_DONE');
    open(play);
    expect(openingRecord(play.table.state)['coefficient']).toMatchObject({ requests: 2 });
  });

  it('A8 a box without a nonce counts by what was fixed with it, so that spoiling it chooses nothing', () => {
    const play = atDraw();
    name(play);
    for (const party of CONTRIBUTORS) seal(play, party, party === 'bidder-2' ? { no: 'nonce' } : undefined);
    const manifest = play.table.state.opening.coefficient.boxes['bidder-2']?.manifest;
    open(play);
    expect(play.table.state.opening.coefficient.nonces['bidder-2']).toBe(manifest?.['plaintext']);
    const { events } = play.table.entries.at(-1)?.parts['skeleton'] as { events: JsonObject[] };
    expect(events.at(-1)).toMatchObject({ type: 'opening.coefficient-drawn', void: ['bidder-2'] });
  });

  it('A8 a paused session opens no nonce', () => {
    const play = sealed();
    play.table.act('agency', 'opening.pause', { reason: '网络中断' });
    expect(owedReleases(play.table.state, 'node:sub-1')).not.toContain(COEFFICIENT_PURPOSE);
    play.table.act('agency', 'opening.resume');
    open(play);
    expect(play.table.state.opening.step).toBe('READ_OUT');
  });
});

describe('confirmation and record', () => {
  it('A-195 A-196 an objection is answered on the spot before the record is made; A-114 B-017 the record is signed', () => {
    const play = started();
    releaseKeys(play);
    for (const desk of play.desks) extractBid(play, desk);
    for (const desk of play.desks) decryptAndOpen(play, desk);
    play.table.act('node:main', 'opening.close-decryption');
    play.table.act('agency', 'opening.read-out');
    play.table.act('bidder-1', 'opening.object', { text: '对唱标金额有异议' });
    const { id = '' } = play.table.state.opening.objections[0] ?? {};
    expect(play.table.refusal('node:main', 'opening.make-record')).toBe('E_OBJECTION_OPEN');
    expect(play.table.refusal('bidder-2', 'opening.reply', { objection: id, text: 'x' })).toBe('FORBIDDEN');
    play.table.act('agency', 'opening.reply', { objection: id, text: '以开标一览表为准' });
    expect(play.table.refusal('agency', 'opening.reply', { objection: id, text: 'x' })).toBe('E_ALREADY_DONE');
    expect(play.table.refusal('node:main', 'opening.make-record')).toBe('E_TOO_EARLY');
    play.table.waitUntil(play.table.state.opening.confirmUntil ?? '');
    expect(play.table.refusal('bidder-2', 'opening.object', { text: '太晚' })).toBe('E_DEADLINE_PASSED');
    const made = play.table.state;
    play.table.act('node:main', 'opening.make-record');
    const { hash = '', seq = -1 } = play.table.state.opening.record ?? {};
    expect(disclosed(play.table.state, seq, 'd:record')).toEqual(openingRecord(made));
    expect(play.table.profile.hashHex(utf8(canonicalText(openingRecord(made))))).toBe(hash);
    expect(play.table.refusal('bidder-1', 'opening.sign-record', { record: 'f'.repeat(64) })).toBe('E_REPORT_HASH_CHANGED');
    expect(play.table.refusal('agency', 'opening.close')).toBe('E_STEP_BARRIER');
    play.table.act('agency', 'opening.sign-record', { record: hash });
    expect(play.table.refusal('agency', 'opening.close')).toBe('E_STEP_BARRIER');
    play.table.act('witness-main', 'opening.sign-record', { record: hash });
    play.table.act('agency', 'opening.close');
    expect(play.table.state.status).toBe('OPENED');
  });

  it('the list of bidders and who delivered what is for all to check afterwards', () => {
    const play = at(TV_E2E_02, 'opened');
    expect(actOf(play.table.state, first(play).made?.bid ?? '')?.creditCode).toBe(first(play).creditCode);
    expect(play.table.refusal('agency', 'opening.read-out')).toBe('WRONG_STATE');
    expect(() => {
      closeOpening(play);
    }).toThrow('WRONG_STATE');
  });

  it('B1 no price is anybody’s but its bidder’s, the supervisor’s and the main venue’s until decryption is closed; then all are everybody’s', () => {
    const play = started();
    const { table } = play;
    releaseKeys(play);
    for (const desk of play.desks) extractBid(play, desk);
    const PARTIES = [
      'tenderer',
      'agency',
      'witness-main',
      'node:sub-1',
      'representative-1',
      'bidder-1',
      'bidder-2',
      'supervisor',
      'node:main',
      null,
    ];
    /** Whose prices each sees now. */
    const seen = (): Record<string, string[]> =>
      Object.fromEntries(
        PARTIES.map((party) => {
          const known = view(table.state, { party, roles: [] });
          const parts = Object.keys(known.disclosed).filter((key) => /\/x:(sheet|index)$/.test(key));
          const shown = play.desks.map((desk) => bidderOf(play, desk)).filter((bidder) => openingSheetOf(known, bidder) !== null);
          // The index goes with the sheet, never without.
          expect(parts).toHaveLength(2 * shown.length);
          return [party ?? 'public', shown.sort()];
        }),
      );
    const [a, b] = [first(play), play.desks[1]!].map((desk) => bidderOf(play, desk)) as [string, string];
    decryptAndOpen(play, first(play));
    decryptAndOpen(play, play.desks[1]!);
    const nobody = { tenderer: [], agency: [], 'witness-main': [], 'node:sub-1': [], 'representative-1': [], public: [] };
    expect(seen()).toEqual({ ...nobody, [a]: [a], [b]: [b], supervisor: [a, b].sort(), 'node:main': [a, b].sort() });
    decryptAndOpen(play, play.desks[2]!);
    expect(seen()).toMatchObject({ ...nobody, [a]: [a], [b]: [b] });
    table.act('node:main', 'opening.close-decryption');
    const all = play.desks.map((desk) => bidderOf(play, desk)).sort();
    expect(seen()).toEqual(Object.fromEntries(PARTIES.map((party) => [party ?? 'public', party === 'representative-1' ? [] : all])));
  });

  it('parts of a bid, and their keys, go to their bidder and the supervisor; to no person else before the evaluation', () => {
    const play = at(TV_E2E_02, 'opened');
    const { state } = play.table;
    const bid = first(play).made?.bid ?? '';
    const seq = state.opening.bids[bid]?.sheetSeq ?? -1;
    const viewer = (party: string | null): Viewer => ({ party, roles: party === null ? [] : (state.parties[party]?.roles ?? []) });
    const may = (party: string | null): string[] => PART_TYPES.filter((type) => mayReadBidPart(viewer(party), state, bid, type));
    const keys = (party: string | null): string[] => {
      const seen = view(state, viewer(party)).disclosed;
      return PART_TYPES.filter((type) => `${seq}/x:${keysSecret(type)}` in seen);
    };
    for (const party of [bidderOf(play, first(play)), 'supervisor', 'node:main']) {
      expect(may(party)).toEqual(PART_TYPES);
      expect(keys(party)).toEqual(['OPENING_SHEET', 'PRICE', 'TECHNICAL']);
    }
    for (const party of ['tenderer', 'agency', 'representative-1', 'bidder-2', 'node:sub-1', null])
      expect([...may(party), ...keys(party)]).toEqual([]);
  });

  it('members who evaluate read the technical part first, prices when their time has come, a blind part never', () => {
    const play = at(TV_E2E_02, 'evaluating');
    const { state } = play.table;
    const bid = first(play).made?.bid ?? '';
    const member = play.plan.members[0] ?? '';
    const may = (changed: LotState): string[] =>
      PART_TYPES.filter((type) => mayReadBidPart({ party: member, roles: changed.parties[member]?.roles ?? [] }, changed, bid, type));
    const withStep = (twoEnvelope: boolean): LotState => {
      const rules = { ...(state.setup.rules as JsonObject), twoEnvelope };
      return { ...state, setup: { ...state.setup, rules: rules as typeof state.setup.rules } };
    };
    expect(may(withStep(true))).toEqual(['COMMERCIAL', 'TECHNICAL', 'QUALIFICATION']);
    expect(may(withStep(false))).toEqual(PART_TYPES.filter((type) => type !== 'BLIND_TECHNICAL'));
    expect(may({ ...state, status: 'ARCHIVED' })).toEqual([]);
  });
});
