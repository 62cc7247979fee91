import { canonicalText, fromBase64Url, toBase64Url, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import {
  checkBidTexts,
  checkKeepers,
  fileKeyFits,
  generateKeeperKey,
  innerHeaderHash,
  innerHeaderOf,
  makeBid,
  openBox,
  openInner,
  recoverMaster,
  unwrapFileKey,
} from '../index.js';
import { createProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import { PORTABLE_PRIMITIVES } from '../profile/portable-primitives.js';

const profile = createProfile('gp-std-1', NODE_PRIMITIVES);
const portable = createProfile('gp-std-1', PORTABLE_PRIMITIVES);
const keys = ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'].map((party) => ({
  party,
  ...generateKeeperKey(profile),
}));
const bidderKey = generateKeeperKey(profile);
const identity = { origin: 'gongping.test/lot/lot-1/1', bidder: '91310000MA1FL0AB1X', bid: '019a0000-0000-7000-8000-000000000001' };
const openingSheet = { total: '12345678.90', days: 365 };
const request = {
  ...identity,
  openingSheet,
  files: [
    { name: 'technical.pdf', title: '技术标', content: utf8('%PDF technical') },
    { name: 'business.pdf', title: '商务标', content: utf8('%PDF business') },
  ],
  encryptionPublicKey: bidderKey.publicKey,
  keepers: keys.map(({ party, publicKey }) => ({ party, publicKey })),
  threshold: 3,
};
const made = makeBid(profile, request);

function openOuter(bid = made): Uint8Array {
  const recovery = recoverMaster(profile, bid.manifest, keys.slice(1, 4));
  if (recovery.status !== 'recovered') throw new Error(recovery.status);
  const box = openBox(profile, bid.manifest, bid.ciphertext, recovery.master);
  if (!box.ok) throw new Error(box.fault.message);
  return box.content;
}
const inner = openOuter();
const header = innerHeaderOf(inner) ?? '';
const fileKey = unwrapFileKey(profile, header, bidderKey.privateKey) ?? '';
const expected = { ...identity, fileKey, indexCommitment: made.indexCommitment, innerHeaderHash: made.innerHeaderHash };

describe('bid', () => {
  it('A-90 goes the whole way: packed, sealed twice, opened by trustees and then by the bidder, file by file the same', () => {
    expect(checkKeepers(made.manifest, request.keepers, { purpose: 'bids', context: made.manifest.context, threshold: 3 })).toBeNull();
    expect([header, innerHeaderHash(profile, header)]).toEqual([made.innerHeader, made.innerHeaderHash]);
    expect(fileKeyFits(profile, header, fileKey)).toBe(true);
    expect(fileKeyFits(portable, header, fileKey)).toBe(true);
    const opened = openInner(portable, inner, expected);
    if (!opened.ok) throw new Error(opened.fault.message);
    expect(Object.fromEntries([...opened.bid.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]))).toEqual({
      'technical.pdf': '%PDF technical',
      'business.pdf': '%PDF business',
      'opening-sheet.json': canonicalText(openingSheet),
    });
    expect(opened.bid.index).toEqual(made.index);
    expect(checkBidTexts(profile, opened.bid.texts, expected)).toBeNull();
  });

  it('A-96 the trustees alone read nothing: the inner layer opens with the bidder’s encryption key only', () => {
    for (const key of keys) expect(unwrapFileKey(profile, header, key.privateKey)).toBeNull();
    expect(Buffer.from(inner).includes('12345678.90')).toBe(false);
    expect(Buffer.from(made.ciphertext).includes('12345678.90')).toBe(false);
    expect(unwrapFileKey(profile, header, 'AA')).toBeNull();
    expect(unwrapFileKey(profile, toBase64Url(utf8('no header')), bidderKey.privateKey)).toBeNull();
  });

  it('a file key that does not fit the header’s MAC is refused', () => {
    const wrong = Uint8Array.from(fromBase64Url(fileKey));
    wrong[0] = (wrong[0] ?? 0) ^ 1;
    for (const bad of [toBase64Url(wrong), '', 'AA', '!', `${fileKey}AA`]) {
      expect(fileKeyFits(profile, header, bad)).toBe(false);
      expect(openInner(profile, inner, { ...expected, fileKey: bad })).toMatchObject({ fault: { code: 'FILE_KEY' } });
    }
    const changed = Uint8Array.from(fromBase64Url(header));
    changed[40] = (changed[40] ?? 0) === 0x41 ? 0x42 : 0x41;
    expect(fileKeyFits(profile, toBase64Url(changed), fileKey)).toBe(false);
    expect(unwrapFileKey(profile, toBase64Url(changed), bidderKey.privateKey)).toBeNull();
  });

  it('a rival’s copy opens as nobody’s: the index names lot and bidder', () => {
    for (const change of [
      { bidder: '91440300MA5RIVAL00' },
      { origin: 'gongping.test/lot/lot-2/1' },
      { bid: '019a0000-0000-7000-8000-000000000002' },
    ])
      expect(openInner(profile, inner, { ...expected, ...change })).toMatchObject({
        fault: { code: 'bidder' in change ? 'OTHER_BIDDER' : 'OTHER_LOT' },
      });
  });

  it('names what differs from the signed bid: header, index, body', () => {
    expect(openInner(profile, inner, { ...expected, innerHeaderHash: '0'.repeat(64) })).toMatchObject({ fault: { code: 'INNER_HEADER' } });
    expect(openInner(profile, inner.subarray(0, 50), expected)).toMatchObject({ fault: { code: 'INNER_HEADER' } });
    expect(openInner(profile, inner, { ...expected, indexCommitment: '0'.repeat(64) })).toMatchObject({
      fault: { code: 'INDEX_COMMITMENT' },
    });
    expect(openInner(profile, inner.subarray(0, inner.length - 1), expected)).toMatchObject({ fault: { code: 'INNER_BODY' } });
    const opened = openInner(profile, inner, expected);
    if (!opened.ok) throw new Error(opened.fault.message);
    const { texts } = opened.bid;
    expect(checkBidTexts(profile, { ...texts, openingSheet: '{"total":"1"}' }, expected)?.code).toBe('FILE');
    expect(checkBidTexts(profile, { ...texts, index: `${texts.index} ` }, expected)?.code).toBe('INDEX');
    expect(checkBidTexts(profile, texts, { ...expected, fileKey: '!' })?.code).toBe('FILE_KEY');
  });

  it('refuses to make a bid with a file name used twice, a reserved or a bad one', () => {
    const [file] = request.files;
    if (file === undefined) throw new Error('no file');
    const attempt = (name: string) => () => makeBid(profile, { ...request, files: [file, { ...file, name }] });
    for (const name of ['technical.pdf', 'index.json', 'opening-sheet.json']) expect(attempt(name)).toThrow(/used twice/);
    expect(attempt('../x')).toThrow(/not a canonical container/);
  });

  it('makes another ciphertext each time, so equal bids do not look equal', () => {
    const again = makeBid(profile, request);
    expect(again.manifest.ciphertext.hash).not.toBe(made.manifest.ciphertext.hash);
    expect(again.indexCommitment).not.toBe(made.indexCommitment);
  });
});
