import { utf8 } from '@app/contracts';
import { makeLegacyBid } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { BidRequest, DeliveredBid, MadeBid } from '../index.js';
import {
  extraction,
  generateKeeperKey,
  makeBid,
  opening,
  openingSheetPart,
  partKeys,
  passBytes,
  profileOf,
  recoverMaster,
  unwrapFileKey,
} from '../index.js';
import '../node.js';
import { readLegacyIndex } from './legacy-index.js';

const profile = profileOf('gp-std-1');
const keepers = ['a', 'b'].map((party) => ({ party, ...generateKeeperKey(profile) }));
const bidderKey = generateKeeperKey(profile);
const identity = { origin: 'gongping.test/lot/lot-1/1', bidder: '91310000MA1FL0AB1X', bid: '019a0000-0000-7000-8000-000000000001' };
const request: BidRequest = {
  ...identity,
  parts: [
    openingSheetPart({ total: '1.00' }),
    { type: 'PRICE', title: '报价', media: 'application/pdf', content: utf8('price') },
    { type: 'TECHNICAL', title: '技术标', media: 'application/pdf', content: new Uint8Array(70_000) },
  ],
  encryptionPublicKey: bidderKey.publicKey,
  keepers: keepers.map(({ party, publicKey }) => ({ party, publicKey })),
  threshold: 2,
};
const old = makeLegacyBid(profile, request);

const boxOf = ({ manifest }: MadeBid) => {
  const recovery = recoverMaster(profile, manifest, keepers);
  if (recovery.status !== 'recovered') throw new Error(recovery.status);
  return { manifest, master: recovery.master };
};
const delivered = (bid: MadeBid, signed = bid): DeliveredBid => ({
  ...identity,
  fileKey: unwrapFileKey(profile, bid.innerHeader, bidderKey.privateKey) ?? '',
  innerHeaderHash: signed.innerHeaderHash,
  indexCommitment: signed.indexCommitment,
});
const faultOf = (bid: MadeBid, expected = delivered(bid)): string | null => {
  const result = passBytes(opening(profile, boxOf(bid), expected), bid.ciphertext);
  return result.ok ? null : result.fault.code;
};

describe('a bid of form 1', () => {
  it('opens, and has typed parts without keys of their own', () => {
    expect(passBytes(extraction(profile, boxOf(old)), old.ciphertext)).toEqual({ ok: true, value: old.innerHeader });
    const opened = passBytes(opening(profile, boxOf(old), delivered(old)), old.ciphertext);
    if (!opened.ok) throw new Error(opened.fault.message);
    const { index, texts } = opened.value;
    expect(index.parts.map(({ id, type, place }) => [id, type, place])).toEqual([
      ['0001', 'OPENING_SHEET', 'opening-sheet.json'],
      ['0002', 'PRICE', 'price.pdf'],
      ['0003', 'TECHNICAL', 'technical.pdf'],
    ]);
    expect(texts.openingSheet).toBe('{"total":"1.00"}');
    expect(partKeys(profile, index, delivered(old).fileKey)).toEqual({});
  });

  it('is judged like the new form: a file missing, added, changed; no sheet; no index', () => {
    const spoilt = (change: (files: Map<string, Uint8Array>) => void): string | null => faultOf(makeLegacyBid(profile, request, change));
    expect(spoilt((files) => files.delete('technical.pdf'))).toBe('PART');
    expect(spoilt((files) => files.set('more.pdf', utf8('x')))).toBe('PART');
    expect(spoilt((files) => files.set('price.pdf', utf8('pricE')))).toBe('PART');
    expect(spoilt((files) => files.delete('opening-sheet.json'))).toBe('PART');
    expect(spoilt((files) => files.delete('index.json'))).toBe('INDEX');
    expect(spoilt((files) => files.set('index.json', utf8('{}')))).toBe('INDEX');
    expect(spoilt((files) => files.set('index.json', Uint8Array.of(0xff)))).toBe('INDEX');
  });

  it('does not stand for one of form 2, nor the other way round: the bidder signed for one header and one index', () => {
    const young = makeBid(profile, request);
    expect([faultOf(old), faultOf(young)]).toEqual([null, null]);
    expect(faultOf(old, delivered(old, young))).toBe('INNER_HEADER');
    expect(faultOf(young, delivered(young, old))).toBe('INNER_HEADER');
    expect(faultOf(old, { ...delivered(old), indexCommitment: young.indexCommitment })).toBe('INDEX_COMMITMENT');
    expect(faultOf(young, { ...delivered(young), indexCommitment: old.indexCommitment })).toBe('INDEX_COMMITMENT');
  });

  it.each([
    ['opening-sheet.json', 'OPENING_SHEET', 'application/json'],
    ['price-letter.pdf', 'PRICE', 'application/pdf'],
    ['prices.pdf', 'PRICE', 'application/pdf'],
    ['technical.pdf', 'TECHNICAL', 'application/pdf'],
    ['technical-2.pdf', 'TECHNICAL', 'application/pdf'],
    ['commercial.pdf', 'COMMERCIAL', 'application/pdf'],
    ['qualification.pdf', 'QUALIFICATION', 'application/pdf'],
    ['technical/price.pdf', 'ATTACHMENT', 'application/pdf'],
    ['drawing.png', 'ATTACHMENT', 'image/png'],
    ['video.mp4', 'ATTACHMENT', 'application/octet-stream'],
  ])('%s was a part of type %s', (name, type, media) => {
    const file = { name, title: '', size: 1, hash: '0'.repeat(64) };
    expect(readLegacyIndex({ v: 1, kind: 'bid', ...identity, files: [file] })?.parts).toMatchObject([{ id: '0001', type, media }]);
  });
});
