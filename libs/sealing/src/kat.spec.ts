import { fromBase64Url, toBase64Url, toHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HEADER_SIZE, writeHeader } from './age/age-header.js';
import { sealPayload } from './age/age-stream.js';
import { indexSalt } from './bid/bid-index.js';
import {
  boxIdentity,
  checkBox,
  fileKeyFits,
  keeperPublicKey,
  openBox,
  plaintextSalt,
  recoverMaster,
  sealBox,
  unwrapFileKey,
  zBoxManifest,
} from './index.js';
import { createProfile } from './profile/crypto-profile.js';
import { NODE_PRIMITIVES } from './profile/node-primitives.js';
import { PORTABLE_PRIMITIVES } from './profile/portable-primitives.js';
import { shareOf } from './box/shamir.js';

/**
 * Known answers, frozen: a second implementation checks itself against fixtures/gp-std-1.json, and this one may never change them.
 * Byte strings are base64url, hashes hexadecimal.
 */
const zVectors = z.object({
  commitment: z.array(z.object({ salt: z.string(), text: z.string(), commitment: z.string() })).min(1),
  signature: z.array(z.object({ privateKey: z.string(), publicKey: z.string(), message: z.string(), signature: z.string() })).min(2),
  shamir: z.object({ secret: z.string(), coefficients: z.array(z.string()), shares: z.array(z.string()) }),
  header: z.object({
    recipientPrivateKey: z.string(),
    fileKey: z.string(),
    ephemeral: z.string(),
    header: z.string(),
    indexSalt: z.string(),
  }),
  payload: z.object({ fileKey: z.string(), nonce: z.string(), plaintext: z.string(), payload: z.string() }),
  box: z.object({
    master: z.string(),
    content: z.string(),
    keeperPrivateKeys: z.array(z.string()),
    manifest: zBoxManifest,
    ciphertext: z.string(),
    plaintextSalt: z.string(),
    identity: z.string(),
  }),
});
const vectors = zVectors.parse(JSON.parse(readFileSync(new URL('../fixtures/gp-std-1.json', import.meta.url), 'utf8')));
const bytes = fromBase64Url;

describe.each([
  ['portable', createProfile('gp-std-1', PORTABLE_PRIMITIVES)],
  ['node', createProfile('gp-std-1', NODE_PRIMITIVES)],
])('known answers of gp-std-1 (%s)', (name, profile) => {
  it('commitments', () => {
    for (const { salt, text, commitment } of vectors.commitment) expect(profile.commitment(salt, text)).toBe(commitment);
  });

  it('signatures', () => {
    for (const { privateKey, publicKey, message, signature } of vectors.signature) {
      const signer = profile.signerFrom(privateKey);
      expect(signer.publicKey).toBe(publicKey);
      expect(profile.verify(publicKey, utf8(message), signature)).toBe(true);
      // Deterministic by RFC 6979 and RFC 8032; OpenSSL draws the ECDSA nonce, so only its check is compared there.
      expect(name === 'portable' ? signer.sign(utf8(message)) : signature).toBe(signature);
    }
  });

  it('shares of a secret', () => {
    const { secret, coefficients, shares } = vectors.shamir;
    expect(shares.map((_share, at) => toBase64Url(shareOf(bytes(secret), coefficients.map(bytes), at + 1)))).toEqual(shares);
  });

  it('file header and payload', () => {
    const { recipientPrivateKey, fileKey, ephemeral, header, indexSalt: salt } = vectors.header;
    const recipient = profile.primitives.agreementPublicKey(bytes(recipientPrivateKey));
    expect(toBase64Url(writeHeader(profile.primitives, recipient, bytes(fileKey), bytes(ephemeral)))).toBe(header);
    expect(bytes(header)).toHaveLength(HEADER_SIZE);
    expect(unwrapFileKey(profile, header, recipientPrivateKey)).toBe(fileKey);
    expect(fileKeyFits(profile, header, fileKey)).toBe(true);
    expect(indexSalt(profile, bytes(fileKey), 1)).toBe(salt);
    const { payload } = vectors;
    expect(toBase64Url(sealPayload(profile.primitives, bytes(payload.fileKey), bytes(payload.nonce), bytes(payload.plaintext)))).toBe(
      payload.payload,
    );
  });

  it('a whole box, dealt, recovered by every three keepers and opened', () => {
    const { box } = vectors;
    const { manifest } = box;
    const dealt = sealBox(profile, manifest, bytes(box.content), bytes(box.master));
    expect(dealt.manifest).toEqual(manifest);
    expect(toBase64Url(dealt.ciphertext)).toBe(box.ciphertext);
    expect(manifest.keepers.map((keeper) => keeper.publicKey)).toEqual(box.keeperPrivateKeys.map((key) => keeperPublicKey(profile, key)));
    const releases = manifest.keepers.map(({ party }, at) => ({ party, privateKey: box.keeperPrivateKeys[at] ?? '' }));
    for (const left of [0, 1, 2]) expect(recoverMaster(profile, manifest, releases.slice(left))).toMatchObject({ master: box.master });
    expect(checkBox(profile, manifest, box.master)).toBeNull();
    expect(plaintextSalt(profile, manifest, box.master)).toBe(box.plaintextSalt);
    expect(boxIdentity(profile, manifest, box.master)).toBe(box.identity);
    const opened = openBox(profile, manifest, bytes(box.ciphertext), box.master);
    expect(opened.ok ? toHex(opened.content) : opened.fault.message).toBe(toHex(bytes(box.content)));
  });
});
