import type { JsonObject } from '@app/contracts';
import { canonicalText, fromBase64Url, toBase64Url, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { freshSecrets, sealFile } from '../age/age-file.js';
import { FILE_KEY_SIZE, HEADER_SIZE } from '../age/age-header.js';
import { rawAgreementKey } from '../box/dealing.js';
import { packContainer } from '../container/container.js';
import type { BidRequest, DeliveredBid, MadeBid, PartInMemory, PartType } from '../index.js';
import {
  bidContext,
  BIDS_PURPOSE,
  bytesAsSource,
  checkBidTexts,
  checkKeepers,
  extraction,
  fileKeyFits,
  generateKeeperKey,
  indexSalt,
  innerHeaderHash,
  isBiddersFault,
  makeBid,
  opening,
  openingSheetPart,
  openBox,
  partKeys,
  passBytes,
  passSource,
  readBidIndex,
  recoverMaster,
  sealBid,
  sealBox,
  unwrapFileKey,
} from '../index.js';
import { createProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import { PORTABLE_PRIMITIVES } from '../profile/portable-primitives.js';
import { partSecret } from './part-keys.js';

const profile = createProfile('gp-std-1', NODE_PRIMITIVES);
const portable = createProfile('gp-std-1', PORTABLE_PRIMITIVES);
const keys = ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'].map((party) => ({
  party,
  ...generateKeeperKey(profile),
}));
const bidderKey = generateKeeperKey(profile);
const identity = { origin: 'gongping.test/lot/lot-1/1', bidder: '91310000MA1FL0AB1X', bid: '019a0000-0000-7000-8000-000000000001' };
const sheet = { total: '12345678.90', days: 365 };
const part = (type: PartType, content: Uint8Array, title = '技术标'): PartInMemory => ({ type, title, media: 'application/pdf', content });
const CHUNK = 64 * 1024;
const request: BidRequest = {
  ...identity,
  parts: [
    openingSheetPart(sheet),
    part('TECHNICAL', utf8('%PDF technical')),
    part('PRICE', new Uint8Array(CHUNK).fill(7)),
    part('ATTACHMENT', new Uint8Array(0)),
    part('COMMERCIAL', new Uint8Array(3 * CHUNK + 1).fill(9)),
  ],
  encryptionPublicKey: bidderKey.publicKey,
  keepers: keys.map(({ party, publicKey }) => ({ party, publicKey })),
  threshold: 3,
};
const made = makeBid(profile, request);

function masterOf({ manifest }: Pick<MadeBid, 'manifest'>): string {
  const recovery = recoverMaster(profile, manifest, keys.slice(1, 4));
  if (recovery.status !== 'recovered') throw new Error(recovery.status);
  return recovery.master;
}
const fileKeyOf = ({ innerHeader }: Pick<MadeBid, 'innerHeader'>): string =>
  unwrapFileKey(profile, innerHeader, bidderKey.privateKey) ?? '';
const delivered = (bid: MadeBid, change: Partial<DeliveredBid> = {}): DeliveredBid => ({
  ...identity,
  fileKey: fileKeyOf(bid),
  innerHeaderHash: bid.innerHeaderHash,
  indexCommitment: bid.indexCommitment,
  ...change,
});
/** Opens a bid as the main venue does; its fault, or null. */
function faultOf(bid: MadeBid, change: Partial<DeliveredBid> = {}, ciphertext = bid.ciphertext): string | null {
  const result = passBytes(opening(profile, { manifest: bid.manifest, master: masterOf(bid) }, delivered(bid, change)), ciphertext);
  return result.ok ? null : result.fault.code;
}

type Seal = (id: string, content: Uint8Array, keyOf?: string) => Uint8Array;
/** A bid by a bidder who makes everything himself: files in the container and index as `craft` says, sealed and signed for in good order. */
function craft(
  make: (seal: Seal) => { files: Map<string, Uint8Array>; index: JsonObject },
  change: (sealedIndex: Uint8Array) => Uint8Array = (sealed) => sealed,
): MadeBid {
  const fileKey = profile.primitives.randomBytes(FILE_KEY_SIZE);
  const seal = (id: string, content: Uint8Array, keyOf = id): Uint8Array => {
    const recipient = profile.primitives.agreementPublicKey(partSecret(profile, fileKey, keyOf));
    return sealFile(profile.primitives, freshSecrets(profile.primitives, recipient), content);
  };
  const { files, index } = make(seal);
  const text = canonicalText(index);
  const sealed = sealFile(profile.primitives, freshSecrets(profile.primitives, rawAgreementKey(bidderKey.publicKey), fileKey), utf8(text));
  files.set('index.age', change(sealed));
  const { keepers, threshold } = request;
  const box = sealBox(profile, { purpose: BIDS_PURPOSE, context: bidContext(identity), threshold, keepers }, packContainer(files));
  const innerHeader = toBase64Url(sealed.subarray(0, HEADER_SIZE));
  return {
    ...box,
    innerHeader,
    innerHeaderHash: innerHeaderHash(profile, innerHeader),
    indexCommitment: profile.commitment(indexSalt(profile, fileKey, 2), text),
    parts: [],
  };
}
const sheetBytes = openingSheetPart(sheet).content;
const row = (id: string, type: PartType, content: Uint8Array): JsonObject => ({
  id,
  type,
  title: '部分',
  media: type === 'OPENING_SHEET' ? 'application/json' : 'application/pdf',
  size: content.length,
  hash: profile.hashHex(content),
});
const indexOf = (parts: JsonObject[], v = 2): JsonObject => ({ v, kind: 'bid', ...identity, parts });
const pdf = utf8('%PDF technical');
const goodIndex = indexOf([row('0001', 'OPENING_SHEET', sheetBytes), row('0002', 'TECHNICAL', pdf)]);

describe('bid', () => {
  it('A-90 goes the whole way: sealed twice, opened by trustees and then by the bidder, part by part the same', () => {
    expect(checkKeepers(made.manifest, request.keepers, { purpose: 'bids', context: made.manifest.context, threshold: 3 })).toBeNull();
    const box = { manifest: made.manifest, master: masterOf(made) };
    const extracted = passBytes(extraction(portable, box), made.ciphertext);
    expect(extracted).toEqual({ ok: true, value: made.innerHeader });
    expect(innerHeaderHash(profile, made.innerHeader)).toBe(made.innerHeaderHash);
    const opened = passBytes(opening(portable, box, delivered(made)), made.ciphertext);
    if (!opened.ok) throw new Error(opened.fault.message);
    const { index, texts } = opened.value;
    expect(index).toMatchObject({ v: 2, ...identity, parts: made.parts });
    expect(made.parts.map(({ id, type, size, hash }) => [id, type, size, hash])).toEqual(
      request.parts.map(({ type, content }, at) => [`000${at + 1}`, type, content.length, profile.hashHex(content)]),
    );
    expect(texts.openingSheet).toBe(canonicalText(sheet));
    expect(checkBidTexts(profile, texts, delivered(made))).toBeNull();
  });

  it('streams: from sources to a sink and from a source, in pieces of any size, with the same result', async () => {
    const pieces: Uint8Array[] = [];
    const parts = request.parts.map(({ content, ...facts }) => ({ ...facts, source: bytesAsSource(content) }));
    let isWriting = false;
    const sealed = await sealBid(profile, { ...request, parts }, async (out) => {
      expect(isWriting).toBe(false);
      isWriting = true;
      await setImmediate();
      pieces.push(...out.map((piece) => new Uint8Array(piece)));
      isWriting = false;
    });
    const ciphertext = Buffer.concat(pieces);
    expect([profile.hashHex(ciphertext), ciphertext.length]).toEqual([sealed.manifest.ciphertext.hash, made.ciphertext.length]);
    const bid = { ...sealed, ciphertext };
    for (const size of [1, 1_000, 65_552, 300_000]) {
      const two = [new Uint8Array(size), new Uint8Array(size)];
      const source = {
        ...bytesAsSource(ciphertext),
        // Writes over what it gave before: nobody may have kept it.
        stream: async function* () {
          for (let at = 0, turn = 0; at < ciphertext.length; at += size, turn ^= 1) {
            two[turn ^ 1]?.fill(0);
            const piece = ciphertext.subarray(at, at + size);
            two[turn]?.set(piece);
            yield await Promise.resolve((two[turn] ?? piece).subarray(0, piece.length));
          }
        },
      };
      const opened = await passSource(opening(profile, { manifest: bid.manifest, master: masterOf(bid) }, delivered(bid)), source);
      expect(opened.ok ? opened.value.index.parts : opened.fault).toEqual(sealed.parts);
    }
  });

  it('fails with the writer, also at the last piece', async () => {
    const parts = request.parts.map(({ content, ...facts }) => ({ ...facts, source: bytesAsSource(content) }));
    let pieces = 0;
    const failing = (at: number) =>
      sealBid(profile, { ...request, parts }, () => ((pieces += 1) === at ? Promise.reject(new Error('no space')) : Promise.resolve()));
    await failing(0);
    const last = pieces;
    for (const at of [1, last]) {
      pieces = 0;
      await expect(failing(at)).rejects.toThrow('no space');
    }
  });

  it('refuses a part that is not the same when it is read the second time', async () => {
    let reads = 0;
    const changing = { size: 4, read: () => Promise.resolve(utf8(`%PD${(reads += 1)}`)) };
    const parts = [
      { ...openingSheetPart(sheet), source: bytesAsSource(sheetBytes) },
      { ...part('TECHNICAL', pdf), source: changing },
    ];
    await expect(sealBid(profile, { ...request, parts }, () => Promise.resolve())).rejects.toThrow('changed while it was sealed');
  });

  it('A-96 the trustees alone read nothing: neither index nor parts open without the bidder’s encryption key', () => {
    for (const key of keys) expect(unwrapFileKey(profile, made.innerHeader, key.privateKey)).toBeNull();
    const box = openBox(profile, made.manifest, made.ciphertext, masterOf(made));
    if (!box.ok) throw new Error(box.fault.message);
    for (const bytes of [box.content, made.ciphertext])
      for (const secret of ['12345678.90', '%PDF technical', '技术标']) expect(Buffer.from(bytes).includes(secret)).toBe(false);
    expect(unwrapFileKey(profile, made.innerHeader, 'AA')).toBeNull();
    expect(unwrapFileKey(profile, toBase64Url(utf8('no header')), bidderKey.privateKey)).toBeNull();
  });

  it('has a key for each part, by type, and none is another’s', () => {
    const index = readBidIndex(canonicalText(goodIndex));
    if (index === null) throw new Error('no index');
    const given = partKeys(profile, index, fileKeyOf(made));
    expect(Object.keys(given)).toEqual(['OPENING_SHEET', 'TECHNICAL']);
    expect(given.TECHNICAL?.['0002']).toMatch(/^AGE-SECRET-KEY-1/);
    expect(given.TECHNICAL?.['0002']).not.toBe(given.OPENING_SHEET?.['0001']);
    expect(partKeys(portable, index, fileKeyOf(made))).toEqual(given);
  });

  it('a file key that does not fit the header’s MAC is refused', () => {
    const wrong = Uint8Array.from(fromBase64Url(fileKeyOf(made)));
    wrong[0] = (wrong[0] ?? 0) ^ 1;
    for (const bad of [toBase64Url(wrong), '', 'AA', '!', `${fileKeyOf(made)}AA`]) {
      expect(fileKeyFits(profile, made.innerHeader, bad)).toBe(false);
      expect(faultOf(made, { fileKey: bad })).toBe('FILE_KEY');
    }
    const changed = Uint8Array.from(fromBase64Url(made.innerHeader));
    changed[40] = (changed[40] ?? 0) === 0x41 ? 0x42 : 0x41;
    expect(fileKeyFits(profile, toBase64Url(changed), fileKeyOf(made))).toBe(false);
    expect(unwrapFileKey(profile, toBase64Url(changed), bidderKey.privateKey)).toBeNull();
  });

  it('a rival’s copy opens as nobody’s: the index names lot and bidder', () => {
    expect(faultOf(made, { bidder: '91440300MA5RIVAL00' })).toBe('OTHER_BIDDER');
    expect(faultOf(made, { origin: 'gongping.test/lot/lot-2/1' })).toBe('OTHER_LOT');
    expect(faultOf(made, { bid: '019a0000-0000-7000-8000-000000000002' })).toBe('OTHER_LOT');
  });

  it('names what differs from the signed bid: header, index, sheet', () => {
    expect(faultOf(made, { innerHeaderHash: '0'.repeat(64) })).toBe('INNER_HEADER');
    expect(faultOf(made, { indexCommitment: '0'.repeat(64) })).toBe('INDEX_COMMITMENT');
    const opened = passBytes(opening(profile, { manifest: made.manifest, master: masterOf(made) }, delivered(made)), made.ciphertext);
    if (!opened.ok) throw new Error(opened.fault.message);
    const { texts } = opened.value;
    expect(checkBidTexts(profile, { ...texts, openingSheet: '{"total":"1"}' }, delivered(made))?.code).toBe('PART');
    expect(checkBidTexts(profile, { ...texts, index: `${texts.index} ` }, delivered(made))?.code).toBe('INDEX');
    expect(checkBidTexts(profile, texts, delivered(made, { fileKey: '!' }))?.code).toBe('FILE_KEY');
  });

  it('makes another ciphertext each time, so equal bids do not look equal', () => {
    const again = makeBid(profile, request);
    expect(again.manifest.ciphertext.hash).not.toBe(made.manifest.ciphertext.hash);
    expect(again.indexCommitment).not.toBe(made.indexCommitment);
  });
});

const both = (seal: Seal): Map<string, Uint8Array> =>
  new Map([
    ['parts/0001.age', seal('0001', sheetBytes)],
    ['parts/0002.age', seal('0002', pdf)],
  ]);

describe('a bid that is not in order', () => {
  const withParts =
    (...parts: PartInMemory[]) =>
    () =>
      makeBid(profile, { ...request, parts });

  it('is not made: without an opening sheet or with two, with a bad title or media type, or with more than 1,000 parts', () => {
    const [first = part('PRICE', pdf)] = request.parts;
    expect(withParts(part('PRICE', pdf))).toThrow(/opening sheet/);
    expect(withParts(first, first)).toThrow(/opening sheet/);
    expect(withParts(first, part('PRICE', pdf, ''))).toThrow();
    expect(withParts(first, { ...part('PRICE', pdf), media: 'text/html; charset=x' })).toThrow();
    expect(withParts(first, ...Array.from({ length: 1_000 }, () => part('ATTACHMENT', pdf)))).toThrow(/1000 parts/);
  });

  it('with 1,000 parts is the largest that opens', () => {
    const [first = part('PRICE', pdf)] = request.parts;
    const large = withParts(first, ...Array.from({ length: 999 }, () => part('ATTACHMENT', pdf)))();
    expect(faultOf(large)).toBeNull();
  }, 60_000);

  it.each([
    ['is in order', (seal: Seal) => ({ files: both(seal), index: goodIndex }), null],
    [
      'has a part sealed with another part’s key',
      (seal: Seal) => ({ files: both(seal).set('parts/0002.age', seal('0002', pdf, '0001')), index: goodIndex }),
      'PART',
    ],
    [
      'has a part sealed with a key of no part',
      (seal: Seal) => ({ files: both(seal).set('parts/0002.age', seal('0002', pdf, '0009')), index: goodIndex }),
      'PART',
    ],
    ['has an open part', (seal: Seal) => ({ files: both(seal).set('parts/0002.age', pdf), index: goodIndex }), 'PART'],
    [
      'has a part cut off',
      (seal: Seal) => ({ files: both(seal).set('parts/0002.age', seal('0002', pdf).subarray(0, -1)), index: goodIndex }),
      'PART',
    ],
    [
      'has a part of other content',
      (seal: Seal) => ({ files: both(seal).set('parts/0002.age', seal('0002', utf8('%PDF technicaL'))), index: goodIndex }),
      'PART',
    ],
    [
      'has a part of other size',
      (seal: Seal) => ({ files: both(seal).set('parts/0002.age', seal('0002', utf8('%PDF'))), index: goodIndex }),
      'PART',
    ],
    ['lacks a part', (seal: Seal) => ({ files: new Map([['parts/0001.age', seal('0001', sheetBytes)]]), index: goodIndex }), 'PART'],
    ['has a part too many', (seal: Seal) => ({ files: both(seal).set('parts/0003.age', seal('0003', pdf)), index: goodIndex }), 'PART'],
    ['has a file that is no part', (seal: Seal) => ({ files: both(seal).set('parts/prices.pdf', pdf), index: goodIndex }), 'PART'],
    ['lacks its opening sheet', (seal: Seal) => ({ files: new Map([['parts/0002.age', seal('0002', pdf)]]), index: goodIndex }), 'PART'],
    [
      'names two opening sheets',
      (seal: Seal) => ({
        files: both(seal),
        index: indexOf([row('0001', 'OPENING_SHEET', sheetBytes), row('0002', 'OPENING_SHEET', pdf)]),
      }),
      'INDEX',
    ],
    [
      'names a type of its own',
      (seal: Seal) => ({
        files: both(seal),
        index: indexOf([row('0001', 'OPENING_SHEET', sheetBytes), { ...row('0002', 'PRICE', pdf), type: 'OTHER' }]),
      }),
      'INDEX',
    ],
    [
      'numbers its parts otherwise',
      (seal: Seal) => ({ files: both(seal), index: indexOf([row('0002', 'OPENING_SHEET', sheetBytes), row('0001', 'PRICE', pdf)]) }),
      'INDEX',
    ],
    ['claims form 1 in form 2', (seal: Seal) => ({ files: both(seal), index: indexOf([], 1) }), 'INDEX'],
    ['is of a form to come', (seal: Seal) => ({ files: both(seal), index: { ...goodIndex, v: 3 } }), 'INDEX'],
  ])('that %s is judged so', (_name, make, code) => {
    const bid = craft(make);
    expect(faultOf(bid)).toBe(code);
    if (code !== null) expect(isBiddersFault(code as 'PART')).toBe(true);
  });
  it('that is no container, or one with a bad name or checksum, is the bidder’s fault', () => {
    const sealAs = (content: Uint8Array): MadeBid => {
      const { keepers, threshold } = request;
      const box = sealBox(profile, { purpose: BIDS_PURPOSE, context: bidContext(identity), threshold, keepers }, content);
      return { ...made, ...box };
    };
    const inner = openBox(profile, made.manifest, made.ciphertext, masterOf(made));
    if (!inner.ok) throw new Error(inner.fault.message);
    const at = (text: string): number => Buffer.from(inner.content).indexOf(text);
    const changed = (place: number): Uint8Array => {
      const bytes = Uint8Array.from(inner.content);
      bytes[place] = (bytes[place] ?? 0) ^ 0x20;
      return bytes;
    };
    expect(faultOf(sealAs(inner.content))).toBeNull();
    expect(faultOf(sealAs(changed(at('parts/0001.age'))))).toBe('CONTAINER');
    expect(faultOf(sealAs(changed(at('parts/0001.age') - 10)))).toBe('CONTAINER');
    expect(faultOf(sealAs(changed(inner.content.length - 20)))).toBe('CONTAINER');
    expect(faultOf(sealAs(inner.content.subarray(0, -1)))).toBe('CONTAINER');
    expect(faultOf(sealAs(inner.content.subarray(0, 1_000)))).toMatch(/CONTAINER|PART/);
    expect(faultOf(sealAs(changed(at('age-encryption.org') + 3)))).toBe('INNER_HEADER');
    expect(faultOf(sealAs(changed(at('age-encryption.org') + HEADER_SIZE + 30)))).toBe('CONTAINER');
    expect(faultOf(sealAs(changed(at('parts/0002.age') + 240)))).toBe('CONTAINER');
    expect(
      faultOf(
        craft(
          (seal) => ({ files: both(seal), index: goodIndex }),
          (sealed) => sealed.subarray(0, -1),
        ),
      ),
    ).toBe('INNER_BODY');
    for (const nothing of [new Uint8Array(), utf8('PK'), packContainer(new Map()), packContainer(new Map([['readme', pdf]]))]) {
      expect(faultOf(sealAs(nothing))).toBe('INNER_HEADER');
      const bid = sealAs(nothing);
      expect(passBytes(extraction(profile, { manifest: bid.manifest, master: masterOf(bid) }), bid.ciphertext)).toEqual({
        ok: true,
        value: null,
      });
    }
  });

  it('that changed on its way is the keeper’s fault, whatever byte it is; that was dealt so is the bidder’s', () => {
    const { ciphertext } = made;
    for (const place of [0, 30, HEADER_SIZE + 3, HEADER_SIZE + 20, ciphertext.length >> 1, ciphertext.length - 1]) {
      const changed = Uint8Array.from(ciphertext);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(faultOf(made, {}, changed)).toBe('CIPHERTEXT');
      const dealt = { ...made, manifest: { ...made.manifest, ciphertext: { hash: profile.hashHex(changed), size: changed.length } } };
      expect(faultOf(dealt, {}, changed)).toBe('BODY');
    }
    for (const cut of [ciphertext.subarray(0, -1), ciphertext.subarray(0, 10), new Uint8Array()])
      expect(faultOf(made, {}, cut)).toBe('CIPHERTEXT');
    expect([isBiddersFault('CIPHERTEXT'), isBiddersFault('BODY'), isBiddersFault('COMMITMENT')]).toEqual([false, true, true]);
    const result = passBytes(opening(profile, { manifest: made.manifest, master: profile.newSalt() }, delivered(made)), ciphertext);
    expect(result).toMatchObject({ ok: false, fault: { code: 'NOT_MASTER' } });
  });
});
