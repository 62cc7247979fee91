import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBase64Url } from '@app/contracts';
import type { PartInMemory } from '../index.js';
import {
  boxIdentity,
  generateKeeperKey,
  innerHeaderOf,
  makeBid,
  openBox,
  openingSheetPart,
  partKeys,
  profileOf,
  readBidIndex,
  recoverMaster,
  sealBox,
  unwrapFileKey,
} from '../index.js';
import '../node.js';
import { HEADER_SIZE, identityText, recipientText } from '../age/age-header.js';
import { openPayload } from '../age/age-stream.js';

const profile = profileOf('gp-std-1');
const keys = ['tenderer', 'agency', 'node:main'].map((party) => ({ party, ...generateKeeperKey(profile) }));
const keepers = keys.map(({ party, publicKey }) => ({ party, publicKey }));

/** Runs the distribution's own `age`, a second implementation by other people, on files in a folder of its own. */
function withFolder<T>(work: (path: (name: string) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'age-'));
  try {
    return work((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a sealed box and the age tool of the distribution', () => {
  it.each([0, 1_000, 65_536, 3_000_000])('a body of %i bytes opens with `age -d` and the identity that the master gives', (size) => {
    withFolder((path) => {
      const content = Uint8Array.from({ length: size }, (_unused, at) => (at * 7) % 256);
      const box = sealBox(profile, { purpose: 'bids', context: 'a/lot/1#b#c', threshold: 2, keepers }, content);
      const recovery = recoverMaster(profile, box.manifest, keys.slice(1));
      if (recovery.status !== 'recovered') throw new Error(recovery.status);
      writeFileSync(path('box.age'), box.ciphertext);
      writeFileSync(path('identity.txt'), `${boxIdentity(profile, box.manifest, recovery.master) ?? ''}\n`, { mode: 0o600 });
      const out = execFileSync('age', ['-d', '-i', path('identity.txt'), path('box.age')], { maxBuffer: 8_000_000 });
      expect(Buffer.compare(out, content)).toBe(0);
    });
  });

  it('a bid opens with public tools alone: the trustees’ master, the bidder’s key, and a part with its own key only', () => {
    withFolder((path) => {
      const bidder = generateKeeperKey(profile);
      const identity = { origin: 'a/lot/1/1', bidder: '91310000MA1FL0AB1X', bid: '019a0000-0000-7000-8000-000000000001' };
      const part = (type: 'TECHNICAL' | 'PRICE', size: number): PartInMemory => ({
        type,
        title: type,
        media: 'application/pdf',
        content: new Uint8Array(size).fill(size % 251),
      });
      const parts = [openingSheetPart({ total: '1.00' }), part('TECHNICAL', 100_000), part('PRICE', 70_000)];
      const made = makeBid(profile, { ...identity, parts, encryptionPublicKey: bidder.publicKey, keepers, threshold: 2 });
      const recovery = recoverMaster(profile, made.manifest, keys);
      if (recovery.status !== 'recovered') throw new Error(recovery.status);
      const open = (identityLine: string, file: string): Buffer => {
        writeFileSync(path('identity.txt'), `${identityLine}\n`, { mode: 0o600 });
        return execFileSync('age', ['-d', '-i', path('identity.txt'), path(file)], { stdio: 'pipe' });
      };
      writeFileSync(path('bid.age'), made.ciphertext);
      writeFileSync(path('bid.zip'), open(boxIdentity(profile, made.manifest, recovery.master) ?? '', 'bid.age'));
      execFileSync('unzip', ['-q', path('bid.zip'), '-d', path('.')]);
      const text = open(identityText(fromBase64Url(bidder.privateKey)), 'index.age').toString();
      const index = readBidIndex(text);
      if (index === null) throw new Error('no index');
      expect(index.parts).toEqual(made.parts);
      const fileKey = unwrapFileKey(profile, made.innerHeader, bidder.privateKey) ?? '';
      const technical = partKeys(profile, index, fileKey).TECHNICAL?.['0002'] ?? '';
      expect(Buffer.compare(open(technical, 'parts/0002.age'), parts[1]?.content ?? Buffer.alloc(0))).toBe(0);
      for (const other of ['parts/0003.age', 'parts/0001.age', 'index.age', 'bid.age'])
        expect(() => open(technical, other)).toThrow(/no identity matched/);
    });
  });

  it('a file that the tool wrote opens here', () => {
    withFolder((path) => {
      const key = generateKeeperKey(profile);
      const content = new Uint8Array(150_000).fill(9);
      writeFileSync(path('in'), content);
      const recipient = recipientText(fromBase64Url(key.publicKey).subarray(1));
      execFileSync('age', ['-r', recipient, '-o', path('out.age'), path('in')]);
      const bytes = new Uint8Array(readFileSync(path('out.age')));
      const fileKey = unwrapFileKey(profile, innerHeaderOf(bytes) ?? '', key.privateKey);
      expect(Buffer.compare(openPayload(profile.primitives, fromBase64Url(fileKey ?? ''), bytes.subarray(HEADER_SIZE)), content)).toBe(0);
    });
  });

  it('a body that the tool cannot open, because one byte was changed, does not open here either', () => {
    withFolder((path) => {
      const box = sealBox(profile, { purpose: 'bids', context: 'a/lot/1#b#c', threshold: 2, keepers }, new Uint8Array(10));
      const changed = Uint8Array.from(box.ciphertext);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      writeFileSync(path('box.age'), changed);
      writeFileSync(path('identity.txt'), `${boxIdentity(profile, box.manifest, box.master) ?? ''}\n`);
      expect(() =>
        execFileSync('age', ['-d', '-i', path('identity.txt'), '-o', path('out'), path('box.age')], { stdio: 'pipe' }),
      ).toThrow();
      const manifest = { ...box.manifest, ciphertext: { ...box.manifest.ciphertext, hash: profile.hashHex(changed) } };
      expect(openBox(profile, manifest, changed, box.master).ok).toBe(false);
    });
  });
});
