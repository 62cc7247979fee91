import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Viewer } from '@app/contracts';
import { canonicalText, utf8 } from '@app/contracts';
import { encodePublicKey, generateKeeperKey, PART_TYPES, proveKeeperKey } from '@app/sealing';
import type { LotState } from '@app/evaluation';
import { actOf, disclosed, keyPublication, keysSecret, mayReadBidPart, openingRecord, openingSheetOf, owed, view } from '@app/evaluation';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at,
  bidderOf,
  closeOpening,
  createLot,
  decryptAndOpen,
  extractBid,
  openAllBids,
  type Play,
  publishKeys,
  releaseKeys,
  seat,
  startOpening,
} from '@app/testing/play';
import { first, started } from './opening-session.js';

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
    const signsIn = (party: string): void => {
      expect([party, owes(party, 'opening.sign-in')]).toEqual([party, true]);
      table.act(party, 'opening.sign-in', {}, { assurance: 'session' });
      expect([party, owes(party, 'opening.sign-in')]).toEqual([party, false]);
    };
    for (const party of ['tenderer', 'witness-main']) signsIn(party);
    expect(owes('supervisor', 'opening.sign-in')).toBe(false);
    // Who signs in before the list would be counted.
    expect(table.refusal('bidder-1', 'opening.sign-in', {}, { assurance: 'session' })).toBe('NO_PART');
    table.act('agency', 'opening.publish-list');
    signsIn('bidder-1');
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
