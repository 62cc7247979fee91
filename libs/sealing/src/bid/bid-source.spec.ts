import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import type { ByteSource } from '../index.js';
import { bidFiles, bytesAsSource, generateKeeperKey, makeBid, openBox, innerHeaderOf, recoverMaster, unwrapFileKey } from '../index.js';
import { createProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';

const profile = createProfile('gp-std-1', NODE_PRIMITIVES);
const keepers = ['a', 'b', 'c'].map((party) => ({ party, ...generateKeeperKey(profile) }));
const bidderKey = generateKeeperKey(profile);
const drawing = Uint8Array.from(randomBytes(300_000));
const made = makeBid(profile, {
  origin: 'gongping.test/lot/lot-1/1',
  bidder: '91310000MA1FL0AB1X',
  bid: '019a0000-0000-7000-8000-000000000001',
  openingSheet: { total: '1.00' },
  files: [
    { name: 'drawing.pdf', title: '图纸', content: drawing },
    { name: 'empty.txt', title: '空', content: new Uint8Array() },
  ],
  encryptionPublicKey: bidderKey.publicKey,
  keepers: keepers.map(({ party, publicKey }) => ({ party, publicKey })),
  threshold: 2,
});

describe('the files of a bid, read where they lie', () => {
  let master: string;
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
  beforeAll(() => {
    const recovery = recoverMaster(profile, made.manifest, keepers);
    if (recovery.status !== 'recovered') throw new Error(recovery.status);
    master = recovery.master;
    const box = openBox(profile, made.manifest, made.ciphertext, master);
    if (!box.ok) throw new Error(box.fault.message);
    fileKey = unwrapFileKey(profile, innerHeaderOf(box.content) ?? '', bidderKey.privateKey) ?? '';
  });

  it('are the files that were packed, in every part', async () => {
    const files = await bidFiles(profile, made.manifest, bytesAsSource(made.ciphertext), { master, fileKey });
    expect([...(files?.keys() ?? [])].sort()).toEqual(['drawing.pdf', 'empty.txt', 'index.json', 'opening-sheet.json']);
    const file = files?.get('drawing.pdf');
    expect([file?.size, files?.get('empty.txt')?.size]).toEqual([drawing.length, 0]);
    await fc.assert(
      fc.asyncProperty(fc.nat(drawing.length), fc.nat(drawing.length), async (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        expect(Buffer.from((await file?.read(from, to)) ?? []).equals(drawing.subarray(from, to))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('cost the chunks that hold what is asked for, not the bid', async () => {
    const files = await bidFiles(profile, made.manifest, counted(made.ciphertext), { master, fileKey });
    asked = 0;
    await files?.get('drawing.pdf')?.read(100_000, 100_010);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(3 * 65_600);
  });

  it('do not come with other keys, and never with a changed byte', async () => {
    const source = bytesAsSource(made.ciphertext);
    expect(await bidFiles(profile, made.manifest, source, { master: profile.newSalt(), fileKey })).toBeNull();
    expect(await bidFiles(profile, made.manifest, source, { master, fileKey: 'AAAAAAAAAAAAAAAAAAAAAA' })).toBeNull();
    expect(await bidFiles(profile, made.manifest, bytesAsSource(made.ciphertext.subarray(1)), { master, fileKey })).toBeNull();
    const changed = Uint8Array.from(made.ciphertext);
    changed[150_000] = (changed[150_000] ?? 0) ^ 1;
    const files = await bidFiles(profile, made.manifest, bytesAsSource(changed), { master, fileKey });
    await expect(files?.get('drawing.pdf')?.read(0, drawing.length)).rejects.toThrow(/payload does not open/);
  });
});
