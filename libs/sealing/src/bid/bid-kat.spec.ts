import { fromBase64Url, toBase64Url, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { makeBid, opening, partKeys, passBytes, recoverMaster, zBoxManifest } from '../index.js';
import { createProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import { PORTABLE_PRIMITIVES } from '../profile/portable-primitives.js';
import { PART_TYPES } from './part-type.js';

/**
 * Known answers of a bid of form 2, frozen as those of kat.spec.ts are: a second implementation opens `ciphertext` and finds the rest.
 * `random` is what this one draws while it makes the bid, in order.
 */
const zVectors = z.object({
  identity: z.object({ origin: z.string(), bidder: z.string(), bid: z.string() }),
  parts: z.array(z.object({ type: z.enum(PART_TYPES), title: z.string(), media: z.string(), text: z.string() })),
  keepers: z.array(z.object({ party: z.string(), publicKey: z.string(), privateKey: z.string() })),
  bidderKey: z.object({ publicKey: z.string(), privateKey: z.string() }),
  random: z.string(),
  manifest: zBoxManifest,
  ciphertext: z.string(),
  innerHeaderHash: z.string(),
  indexCommitment: z.string(),
  fileKey: z.string(),
  index: z.string(),
  keys: z.record(z.string(), z.record(z.string(), z.string())),
});
const vectors = zVectors.parse(JSON.parse(readFileSync(new URL('../../fixtures/gp-std-1-bid-2.json', import.meta.url), 'utf8')));

describe.each([
  ['portable', PORTABLE_PRIMITIVES],
  ['node', NODE_PRIMITIVES],
])('known answers of a bid of form 2 (%s)', (_name, primitives) => {
  const profile = createProfile('gp-std-1', primitives);
  const { identity, keepers, bidderKey, manifest, innerHeaderHash, indexCommitment, fileKey } = vectors;

  it('made from the same draws, it is the same to the last byte', () => {
    const random = fromBase64Url(vectors.random);
    let at = 0;
    const drawing = createProfile('gp-std-1', { ...primitives, randomBytes: (length) => random.slice(at, (at += length)) });
    const made = makeBid(drawing, {
      ...identity,
      parts: vectors.parts.map(({ text, ...facts }) => ({ ...facts, content: utf8(text) })),
      encryptionPublicKey: bidderKey.publicKey,
      keepers: keepers.map(({ party, publicKey }) => ({ party, publicKey })),
      threshold: 2,
    });
    expect(at).toBe(random.length);
    expect(made).toMatchObject({ manifest, innerHeaderHash, indexCommitment });
    expect(toBase64Url(made.ciphertext)).toBe(vectors.ciphertext);
  });

  it('opens to index, sheet and keys', () => {
    const recovery = recoverMaster(profile, manifest, keepers.slice(1));
    if (recovery.status !== 'recovered') throw new Error(recovery.status);
    const pass = opening(profile, { manifest, master: recovery.master }, { ...identity, innerHeaderHash, indexCommitment, fileKey });
    const opened = passBytes(pass, fromBase64Url(vectors.ciphertext));
    if (!opened.ok) throw new Error(opened.fault.message);
    expect(opened.value.texts).toEqual({ index: vectors.index, openingSheet: vectors.parts[0]?.text });
    expect(partKeys(profile, opened.value.index, fileKey)).toEqual(vectors.keys);
  });
});
