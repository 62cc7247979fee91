import { describe, expect, it } from '@jest/globals';
import { setImmediate as later } from 'node:timers/promises';
import type { BidRequest, StreamTools } from '../index.js';
import { bytesAsSource, generateKeeperKey, makeBid, nativeChunkSealer, openingSheetPart, sealBid, toolsOf } from '../index.js';
import { createProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';

const profile = createProfile('gp-std-1', NODE_PRIMITIVES);
const CHUNK = 64 * 1024;
const content = new Uint8Array(9 * CHUNK + 5).map((_byte, at) => at % 251);
const request: Omit<BidRequest, 'parts'> = {
  origin: 'gongping.test/lot/lot-1/1',
  bidder: '91310000MA1FL0AB1X',
  bid: '019a0000-0000-7000-8000-000000000001',
  encryptionPublicKey: generateKeeperKey(profile).publicKey,
  keepers: ['tenderer', 'agency', 'node:main'].map((party) => ({ party, publicKey: generateKeeperKey(profile).publicKey })),
  threshold: 2,
};
const facts = { type: 'TECHNICAL' as const, title: '技术标', media: 'application/pdf' };
const sheet = openingSheetPart({ total: '1.00' });

/** The profile with the same draws each time. */
function drawing() {
  let draws = 0;
  return createProfile('gp-std-1', { ...NODE_PRIMITIVES, randomBytes: (length) => new Uint8Array(length).fill((draws += 1)) });
}

/** Hashes here, and lets everybody wait for it. */
const newHash: StreamTools['newHash'] = () => {
  const running = NODE_PRIMITIVES.newHash();
  return {
    update: (bytes) => {
      running.update(bytes);
      return later();
    },
    hex: () => later().then(() => running.hex()),
  };
};

async function sealed(tools?: StreamTools) {
  const out: Uint8Array[] = [];
  // One buffer for every piece, as a reader that is sparing with memory has it.
  const buffer = new Uint8Array(3 * CHUNK + 1);
  const source = {
    ...bytesAsSource(content),
    async *stream() {
      for (let at = 0; at < content.length; at += buffer.length) {
        await later();
        const piece = content.subarray(at, at + buffer.length);
        buffer.set(piece);
        yield buffer.subarray(0, piece.length);
        buffer.fill(0);
      }
    },
  };
  const parts = [
    { ...sheet, source: bytesAsSource(sheet.content) },
    { ...facts, source },
  ];
  const write = (pieces: readonly Uint8Array[]): Promise<void> => {
    out.push(...pieces.map((piece) => new Uint8Array(piece)));
    return Promise.resolve();
  };
  const bid = await sealBid(drawing(), { ...request, parts }, write, tools);
  return { ...bid, ciphertext: profile.hashHex(Buffer.concat(out)) };
}

describe('sealing with a cipher and a hash that answer later', () => {
  const { ciphertext, ...rest } = makeBid(drawing(), { ...request, parts: [sheet, { ...facts, content }] });
  const made = { ...rest, ciphertext: profile.hashHex(ciphertext) };

  it('gives the same bid to the last byte, by the cipher of WebCrypto as by ours', async () => {
    const chunkSealer = await nativeChunkSealer();
    if (chunkSealer === null) throw new Error('this Node has no ChaCha20-Poly1305 in WebCrypto');
    expect(await sealed()).toEqual(made);
    expect(await sealed({ newHash, chunkSealer })).toEqual(made);
    expect(await sealed({ newHash, chunkSealer: toolsOf(NODE_PRIMITIVES).chunkSealer })).toEqual(made);
  }, 60_000);

  it('ends when the cipher or the hash fails', async () => {
    const fails = (): Promise<never> => Promise.reject(new Error('the thread ended'));
    const { chunkSealer } = toolsOf(NODE_PRIMITIVES);
    await expect(sealed({ newHash, chunkSealer: () => () => [fails()] })).rejects.toThrow('the thread ended');
    await expect(sealed({ newHash: () => ({ update: fails, hex: fails }), chunkSealer })).rejects.toThrow('the thread ended');
  });
});

describe('the cipher of WebCrypto', () => {
  it.each([
    ['is not there', () => Promise.reject(new DOMException('unknown algorithm', 'NotSupportedError'))],
    ['seals other bytes', () => Promise.resolve(new ArrayBuffer(1_016))],
  ])('is left alone where it %s', async (_name, encrypt) => {
    const { subtle } = crypto;
    const before = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(subtle), 'encrypt') ?? {};
    Object.defineProperty(Object.getPrototypeOf(subtle), 'encrypt', { ...before, value: encrypt });
    try {
      expect(await nativeChunkSealer()).toBeNull();
    } finally {
      Object.defineProperty(Object.getPrototypeOf(subtle), 'encrypt', before);
    }
  });
});
