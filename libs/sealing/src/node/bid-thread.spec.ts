import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartType, SealedBid } from '../index.js';
import { generateKeeperKey, openingSheetPart, recoverMaster, unwrapFileKey } from '../index.js';
import { BidThread, profileOf } from '../node.js';

const profile = profileOf('gp-std-1');
const keepers = ['a', 'b'].map((party) => ({ party, ...generateKeeperKey(profile) }));
const bidderKey = generateKeeperKey(profile);
const identity = { origin: 'gongping.test/lot/lot-1/1', bidder: '91310000MA1FL0AB1X', bid: '019a0000-0000-7000-8000-000000000001' };

describe('the thread for bids', () => {
  let folder: string;
  let sut: BidThread;
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-bid-thread-'));
    sut = new BidThread(profile);
    await writeFile(at('sheet'), openingSheetPart({ total: '1.00' }).content);
    await writeFile(at('drawings'), randomBytes(1_000_000));
    await writeFile(at('empty'), '');
    // Hashed on a thread of its own (`APART_BYTES_MIN`), and no multiple of what that takes at once.
    await writeFile(at('large'), randomBytes(5_000_001));
  });
  afterAll(async () => {
    await sut.close();
    await rm(folder, { recursive: true, force: true });
  });

  const part = (type: PartType, name: string, media = 'application/pdf') => ({ type, title: name, media, path: at(name) });
  const seal = (to: string, ...more: ReturnType<typeof part>[]): Promise<SealedBid> => {
    const parts = [part('OPENING_SHEET', 'sheet', 'application/json'), ...more];
    const request = {
      ...identity,
      parts,
      encryptionPublicKey: bidderKey.publicKey,
      keepers: keepers.map(({ party, publicKey }) => ({ party, publicKey })),
      threshold: 2,
    };
    return sut.seal({ request, to: at(to) });
  };
  const boxOf = ({ manifest }: SealedBid) => {
    const recovery = recoverMaster(profile, manifest, keepers);
    if (recovery.status !== 'recovered') throw new Error(recovery.status);
    return { manifest, master: recovery.master };
  };

  it('seals files into a file, and opens it again', async () => {
    const sealed = await seal('bid', part('TECHNICAL', 'drawings'), part('ATTACHMENT', 'empty'));
    const bytes = await readFile(at('bid'));
    expect([bytes.length, profile.hashHex(bytes)]).toEqual([sealed.manifest.ciphertext.size, sealed.manifest.ciphertext.hash]);
    const box = boxOf(sealed);
    expect(await sut.extract({ path: at('bid'), box })).toEqual({ ok: true, value: sealed.innerHeader });
    const fileKey = unwrapFileKey(profile, sealed.innerHeader, bidderKey.privateKey) ?? '';
    const opened = await sut.open({ path: at('bid'), box, delivered: { ...identity, ...sealed, fileKey } });
    expect(opened).toMatchObject({ ok: true, value: { index: { parts: sealed.parts }, texts: { openingSheet: '{"total":"1.00"}' } } });
    const other = { ...identity, ...sealed, fileKey, indexCommitment: '0'.repeat(64) };
    expect(await sut.open({ path: at('bid'), box, delivered: other })).toMatchObject({ ok: false, fault: { code: 'INDEX_COMMITMENT' } });
    await writeFile(at('changed'), bytes.fill(0, 500_000, 500_001));
    expect(await sut.extract({ path: at('changed'), box })).toMatchObject({ ok: false, fault: { code: 'CIPHERTEXT' } });
  }, 60_000);

  it('seals and opens a large one, and finds one changed byte in it', async () => {
    const sealed = await seal('large-bid', part('TECHNICAL', 'large'));
    const bytes = await readFile(at('large-bid'));
    expect(profile.hashHex(bytes)).toBe(sealed.manifest.ciphertext.hash);
    expect(sealed.parts.at(-1)).toMatchObject({ size: 5_000_001, hash: profile.hashHex(await readFile(at('large'))) });
    const box = boxOf(sealed);
    const fileKey = unwrapFileKey(profile, sealed.innerHeader, bidderKey.privateKey) ?? '';
    const delivered = { ...identity, ...sealed, fileKey };
    expect(await sut.open({ path: at('large-bid'), box, delivered })).toMatchObject({
      ok: true,
      value: { index: { parts: sealed.parts } },
    });
    await writeFile(at('changed'), bytes.fill(~(bytes[4_000_000] ?? 0), 4_000_000, 4_000_001));
    expect(await sut.open({ path: at('changed'), box, delivered })).toMatchObject({ ok: false, fault: { code: 'CIPHERTEXT' } });
  }, 60_000);

  it('says what it cannot do, leaves no file, and goes on', async () => {
    const box = boxOf(await seal('small'));
    await expect(sut.extract({ path: at('none'), box })).rejects.toThrow(/ENOENT/);
    await expect(seal('bad', part('OPENING_SHEET', 'drawings'))).rejects.toThrow(/opening sheet/);
    expect(existsSync(at('bad'))).toBe(false);
    await expect(seal('small')).rejects.toThrow(/EEXIST/);
    expect(existsSync(at('small'))).toBe(true);
    expect((await sut.extract({ path: at('small'), box })).ok).toBe(true);
  }, 60_000);

  it('fails what is under way when it is closed, and takes no more', async () => {
    const thread = new BidThread(profile);
    const box = boxOf(await seal('last'));
    const waiting = thread.extract({ path: at('last'), box });
    const failed = waiting.catch((error: unknown) => error);
    await thread.close();
    expect(await failed).toEqual(new Error('the thread was closed'));
    await expect(thread.extract({ path: at('last'), box })).rejects.toThrow('the thread was closed');
    await thread.close();
  }, 60_000);
});
