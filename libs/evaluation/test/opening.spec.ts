import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Viewer } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import { encodePublicKey, generateKeeperKey, PART_TYPES } from '@app/sealing';
import type { LotState } from '@app/evaluation';
import { actOf, disclosed, keysSecret, mayReadBidPart, openingRecord, owed, view } from '@app/evaluation';
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
  openBid,
  openedSecrets,
  type Play,
  publishKeys,
  publishLot,
  releaseKeys,
  seat,
  startOpening,
} from '@app/testing/play';

const first = (play: Play): Desk => play.desks[0]!;
const started = (plan: LotPlan = TV_E2E_02): Play => {
  const play = at(plan, 'locked');
  startOpening(play);
  return play;
};
const status = (state: LotState, desk: Desk): string | undefined => state.opening.bids[desk.made?.bid ?? '']?.status;

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
    const { publicKey } = generateKeeperKey(play.table.profile);
    expect(play.table.refusal('tenderer', 'sealing.publish-key', { purpose: 'bids', publicKey }, { assurance: 'session' })).toBe(
      'ASSURANCE',
    );
    expect(play.table.refusal('supervisor', 'sealing.publish-key', { purpose: 'bids', publicKey })).toBe('FORBIDDEN');
    expect(
      play.table.refusal('tenderer', 'sealing.publish-key', { purpose: 'bids', publicKey: play.table.signer('tenderer').publicKey }),
    ).toBe('E_INPUT');
    publishKeys(play);
    expect(play.table.refusal('tenderer', 'sealing.publish-key', { purpose: 'bids', publicKey })).toBe('E_ALREADY_DONE');
  });

  it('SEC-11 takes no key that another keeper has, and none that nothing can be sealed to', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    const { publicKey } = generateKeeperKey(play.table.profile);
    play.table.act('tenderer', 'sealing.publish-key', { purpose: 'bids', publicKey });
    expect(play.table.refusal('agency', 'sealing.publish-key', { purpose: 'bids', publicKey })).toBe('E_INPUT');
    const zero = encodePublicKey('agreement', new Uint8Array(32));
    expect(play.table.refusal('agency', 'sealing.publish-key', { purpose: 'bids', publicKey: zero })).toBe('E_INPUT');
  });

  it('fewer than three of five open nothing (A-96: nobody else can decrypt)', () => {
    const play = started();
    for (const party of ['tenderer', 'agency'])
      play.table.act(party, 'sealing.release', { purpose: 'bids' }, { secrets: key(play, party) });
    const { bid = '' } = first(play).made ?? {};
    expect(play.table.refusal('node:main', 'opening.extract-bid', { bid, innerHeader: null })).toBe('E_STEP_BARRIER');
  });
});

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
    expect(play.table.refusal('agency', 'opening.fail-bid', { bid, result: 'WRONG_KEY', fault: 'BIDDER', explanation: 'x' })).toBe(
      'E_TOO_EARLY',
    );
    play.table.waitUntil(play.table.state.opening.decryptUntil ?? '');
    expect(
      play.table.refusal(bidderOf(play, first(play)), 'opening.decrypt-bid', { bid }, { secrets: { 'file-key': 'a'.repeat(22) } }),
    ).toBe('E_DEADLINE_PASSED');
    play.table.act('node:main', 'opening.close-decryption');
    expect(play.table.state.opening.bids[bid]).toMatchObject({ status: 'FAILED_BIDDER_FAULT', result: 'TIMEOUT', fault: 'BIDDER' });
    expect(play.table.state.opening.step).toBe('READ_OUT');
  });

  it('电子招标投标办法 31 another’s fault counts as withdrawn, and the host extends the window for everybody', () => {
    const play = ready();
    const until = play.table.state.opening.decryptUntil ?? '';
    play.table.act('agency', 'opening.extend-window', { seconds: 1_800, reason: 'CA 服务中断' });
    expect(Date.parse(play.table.state.opening.decryptUntil ?? '') - Date.parse(until)).toBe(1_800_000);
    const bid = first(play).made?.bid ?? '';
    play.table.act('agency', 'opening.fail-bid', { bid, result: 'CERT_EXPIRED', fault: 'CA', explanation: '证书服务故障' });
    expect(status(play.table.state, first(play))).toBe('FAILED_OTHER_FAULT');
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

describe('coefficient K (系数抽取)', () => {
  const values = ['0.955', '0.960', '0.965', '0.970', '0.975', '0.980', '0.985'];
  const drawn: LotPlan = {
    ...TV_E2E_01,
    rules: { ...TV_E2E_01.rules, price: { ...TV_E2E_01.rules.price, k: { drawn: values } } as LotPlan['rules']['price'] },
  };
  const nonce = (play: Play, party: string): { readonly opening: { salt: string; text: string } } => ({
    opening: { salt: play.table.salt(party), text: canonicalText(`${party.replace(':', '-')}-coefficient-nonce`) },
  });
  const commitment = (play: Play, party: string): JsonObject => {
    const { salt, text } = nonce(play, party).opening;
    return { commitment: play.table.profile.commitment(salt, text) };
  };
  const atDraw = (): Play => {
    const play = started(drawn);
    releaseKeys(play);
    for (const desk of play.desks) extractBid(play, desk);
    for (const desk of play.desks) decryptAndOpen(play, desk);
    play.table.act('node:main', 'opening.close-decryption');
    return play;
  };

  it('is drawn after decryption from contributions that were committed before any was opened', () => {
    const play = atDraw();
    const { table } = play;
    expect(table.state.opening.step).toBe('COEFFICIENT_DRAW');
    expect(table.refusal('bidder-1', 'opening.commit-coefficient', commitment(play, 'bidder-1'))).toBe('E_TOO_EARLY');
    for (const party of ['node:main', 'bidder-1', 'supervisor', 'bidder-2'])
      table.act(party, 'opening.commit-coefficient', commitment(play, party));
    expect(table.refusal('bidder-1', 'opening.reveal-coefficient', {}, { secrets: { nonce: nonce(play, 'bidder-1') } })).toBe(
      'E_TOO_EARLY',
    );
    table.act('agency', 'opening.close-contributions');
    expect(table.refusal('bidder-3', 'opening.commit-coefficient', commitment(play, 'bidder-3'))).toBe('E_ALREADY_LOCKED');
    expect(table.refusal('bidder-1', 'opening.reveal-coefficient', {}, { secrets: { nonce: nonce(play, 'bidder-2') } })).toBe(
      'OPENING_MISMATCH',
    );
    for (const party of ['bidder-1', 'supervisor'])
      table.act(party, 'opening.reveal-coefficient', {}, { secrets: { nonce: nonce(play, party) } });
    const main = { secrets: { nonce: nonce(play, 'node:main') } };
    expect(table.refusal('node:main', 'opening.draw-coefficient', {}, main)).toBe('E_STEP_BARRIER');
    // Who stays silent is left out when his time is over, and the node knows when that is.
    const [due] = owed(table.state, 'node:main').filter(({ command }) => command === 'opening.draw-coefficient');
    expect(due?.notBefore).toBeDefined();
    expect((due?.notBefore ?? '') > table.now).toBe(true);
    table.waitUntil(due?.notBefore ?? '');
    table.act('node:main', 'opening.draw-coefficient', {}, main);
    expect(values).toContain(table.state.opening.coefficient.value);
    expect(table.state.opening.step).toBe('READ_OUT');
    const { events } = table.entries.at(-1)?.parts['skeleton'] as { events: JsonObject[] };
    expect(events.at(-1)?.['missing']).toEqual(['bidder-2']);
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
