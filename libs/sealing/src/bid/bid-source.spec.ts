import { makeLegacyBid } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import type { BidBox, BidPart, ByteSource, PartSource } from '../index.js';
import {
  BID_CUTS,
  bidParts,
  bytesAsSource,
  generateKeeperKey,
  makeBid,
  openingSheetPart,
  partKeys,
  profileOf,
  recoverMaster,
  unwrapFileKey,
} from '../index.js';
import '../node.js';

const profile = profileOf('gp-std-1');
const keepers = ['a', 'b', 'c'].map((party) => ({ party, ...generateKeeperKey(profile) }));
const bidderKey = generateKeeperKey(profile);
const drawing = Uint8Array.from(randomBytes(300_000));
const pdf = 'application/pdf';
const request = {
  origin: 'gongping.test/lot/lot-1/1',
  bidder: '91310000MA1FL0AB1X',
  bid: '019a0000-0000-7000-8000-000000000001',
  parts: [
    openingSheetPart({ total: '1.00' }),
    { type: 'TECHNICAL' as const, title: '图纸', media: pdf, content: drawing },
    { type: 'ATTACHMENT' as const, title: '空', media: pdf, content: new Uint8Array() },
  ],
  encryptionPublicKey: bidderKey.publicKey,
  keepers: keepers.map(({ party, publicKey }) => ({ party, publicKey })),
  threshold: 2,
};

const made = makeBid(profile, request);

const boxOf = ({ manifest }: typeof made): BidBox => {
  const recovery = recoverMaster(profile, manifest, keepers);
  if (recovery.status !== 'recovered') throw new Error(recovery.status);
  return { manifest, master: recovery.master };
};

describe('the parts of a bid, read where they lie by whoever holds their keys', () => {
  const box = boxOf(made);
  const fileKey = unwrapFileKey(profile, made.innerHeader, bidderKey.privateKey) ?? '';
  const keys = Object.assign({}, ...Object.values(partKeys(profile, { ...request, v: 2, parts: made.parts }, fileKey))) as Record<
    string,
    string
  >;
  /** Bytes of the ciphertext that were asked for, and how often. */
  let asked = 0;
  let reads = 0;
  const counted = (bytes: Uint8Array): ByteSource => ({
    size: bytes.length,
    read: (from, to) => {
      asked += to - from;
      reads += 1;
      return Promise.resolve(bytes.subarray(from, to));
    },
  });
  const [, drawn, empty] = made.parts as [BidPart, BidPart, BidPart];
  const partIn = async (ciphertext: ByteSource, { id }: Pick<BidPart, 'id'>, key = keys[id]): Promise<ByteSource | null | undefined> =>
    (await bidParts(profile, box, ciphertext))?.(id, key ?? '');

  it('are the parts that were sealed, in every piece', async () => {
    const source = bytesAsSource(made.ciphertext);
    const part = await partIn(source, drawn);
    expect([part?.size, (await partIn(source, empty))?.size, await partIn(source, { id: '0009' })]).toEqual([drawing.length, 0, null]);
    await fc.assert(
      fc.asyncProperty(fc.nat(drawing.length), fc.nat(drawing.length), async (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        expect(Buffer.from((await part?.read(from, to)) ?? []).equals(drawing.subarray(from, to))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('cost the chunks that hold what is asked for, not the bid, and two reads to be found', async () => {
    const parts = await bidParts(profile, box, counted(made.ciphertext));
    const part = await parts?.(drawn.id, keys[drawn.id] ?? '');
    expect(reads).toBeLessThan(9);
    asked = 0;
    await part?.read(100_000, 100_010);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(3 * 65_600);
  });

  it('are asked for along the cuts of the ciphertext alone', async () => {
    const wrong: string[] = [];
    const isCut = (at: number): boolean =>
      at === 0 || at === BID_CUTS.head - 16 || (at - BID_CUTS.head) % BID_CUTS.chunk === 0 || at === made.ciphertext.length;
    const watched: ByteSource = {
      size: made.ciphertext.length,
      read: (from, to) => {
        if (!isCut(from) || !isCut(to)) wrong.push(`${from}-${to}`);
        return Promise.resolve(made.ciphertext.subarray(from, to));
      },
    };
    await (await partIn(watched, drawn))?.read(70_000, 200_000);
    expect(wrong).toEqual([]);
  });

  it('A-136 do not come with the key of another part, with another bid’s master, and never with a changed byte', async () => {
    const source = bytesAsSource(made.ciphertext);
    const given = (change: Partial<BidBox>, from = source): Promise<PartSource | null> => bidParts(profile, { ...box, ...change }, from);
    expect(await given({ master: profile.newSalt() })).toBeNull();
    expect(await given({}, bytesAsSource(made.ciphertext.subarray(1)))).toBeNull();
    for (const key of [keys[empty.id], '', 'AGE-SECRET-KEY-1QQQQ', fileKey]) expect(await partIn(source, drawn, key ?? '')).toBeNull();
    const changed = Uint8Array.from(made.ciphertext);
    changed[150_000] = (changed[150_000] ?? 0) ^ 1;
    await expect((async () => (await partIn(bytesAsSource(changed), drawn))?.read(0, drawing.length))()).rejects.toThrow(
      /payload does not open/,
    );
  });

  it('of a bid of form 1 have no keys of their own', async () => {
    const legacy = makeLegacyBid(profile, request);
    expect(await bidParts(profile, boxOf(legacy), bytesAsSource(legacy.ciphertext))).toBeNull();
  });
});
