import { makeLegacyBid } from '@app/testing/play';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import type { BidBox, BidPart, ByteSource, PartSource } from '../index.js';
import {
  bidParts,
  bytesAsSource,
  generateKeeperKey,
  makeBid,
  openingSheetPart,
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

describe.each([
  ['1', makeLegacyBid(profile, request)],
  ['2', makeBid(profile, request)],
])('the parts of a bid of form %s, read where they lie', (_form, made) => {
  let box: BidBox;
  let fileKey: string;
  /** Bytes of the ciphertext that were asked for. */
  let asked = 0;
  const counted = (bytes: Uint8Array): ByteSource => ({
    size: bytes.length,
    read: (from, to) => {
      asked += to - from;
      return Promise.resolve(bytes.subarray(from, to));
    },
  });
  const [, drawn, empty] = made.parts as [BidPart, BidPart, BidPart];
  const partIn = async (ciphertext: ByteSource, part: BidPart): Promise<ByteSource | null | undefined> =>
    (await bidParts(profile, box, ciphertext, fileKey))?.(part);
  beforeAll(() => {
    const recovery = recoverMaster(profile, made.manifest, keepers);
    if (recovery.status !== 'recovered') throw new Error(recovery.status);
    box = { manifest: made.manifest, master: recovery.master };
    fileKey = unwrapFileKey(profile, made.innerHeader, bidderKey.privateKey) ?? '';
  });

  it('are the parts that were sealed, in every piece', async () => {
    const source = bytesAsSource(made.ciphertext);
    const part = await partIn(source, drawn);
    expect([part?.size, (await partIn(source, empty))?.size, await partIn(source, { ...empty, place: 'parts/0009.age' })]).toEqual([
      drawing.length,
      0,
      null,
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(drawing.length), fc.nat(drawing.length), async (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        expect(Buffer.from((await part?.read(from, to)) ?? []).equals(drawing.subarray(from, to))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('cost the chunks that hold what is asked for, not the bid', async () => {
    const part = await partIn(counted(made.ciphertext), drawn);
    asked = 0;
    await part?.read(100_000, 100_010);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(3 * 65_600);
  });

  it('do not come with other keys, and never with a changed byte', async () => {
    const source = bytesAsSource(made.ciphertext);
    const given = (change: Partial<BidBox>, key = fileKey, from = source): Promise<PartSource | null> =>
      bidParts(profile, { ...box, ...change }, from, key);
    expect(await given({ master: profile.newSalt() })).toBeNull();
    expect(await given({}, 'AAAAAAAAAAAAAAAAAAAAAA')).toBeNull();
    expect(await given({}, fileKey, bytesAsSource(made.ciphertext.subarray(1)))).toBeNull();
    const changed = Uint8Array.from(made.ciphertext);
    changed[150_000] = (changed[150_000] ?? 0) ^ 1;
    const part = await partIn(bytesAsSource(changed), drawn);
    await expect(part?.read(0, drawing.length)).rejects.toThrow(/payload does not open/);
  });
});
