import { concatBytes, SIGNING_PREFIX, toBase64Url, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { p256 } from '@noble/curves/nist.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { createPrivateKey, sign } from 'node:crypto';
import { decodePublicKey, profileOf, signingBytes, signWith, verifyWith } from '../index.js';
import { createProfile } from './crypto-profile.js';
import { NODE_PRIMITIVES } from './node-primitives.js';
import { PORTABLE_PRIMITIVES } from './portable-primitives.js';
import type { SignatureKind } from './primitives.js';

const portable = createProfile('gp-std-1', PORTABLE_PRIMITIVES);
const fast = createProfile('gp-std-1', NODE_PRIMITIVES);
const both = [portable, fast] as const;
const KINDS: readonly SignatureKind[] = ['command', 'node'];
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });

function tamper(signature: string, at: number): string {
  const raw = Uint8Array.from(Buffer.from(signature, 'base64url'));
  raw[at] = (raw[at] ?? 0) ^ 1;
  return toBase64Url(raw);
}

describe('crypto profile gp-std-1', () => {
  it('hashes as FIPS 180-4 says', () => {
    for (const profile of both) {
      expect(profile.hashHex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
      expect(Buffer.from(profile.hash(utf8('abc'))).toString('hex')).toBe(profile.hashHex('abc'));
    }
  });

  it('derives, seals and agrees alike in both implementations', () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), bytes(12), fc.uint8Array({ maxLength: 300 }), (key, other, nonce, text) => {
        const [a, b] = [PORTABLE_PRIMITIVES, NODE_PRIMITIVES];
        expect(b.derive(key, other, text, 44)).toEqual(a.derive(key, other, text, 44));
        expect(b.mac(key, text)).toEqual(a.mac(key, text));
        expect(b.aeadSeal(key, nonce, text)).toEqual(a.aeadSeal(key, nonce, text));
        for (const { aeadSealApart } of [a, b])
          expect(concatBytes(...aeadSealApart(key, nonce, text))).toEqual(a.aeadSeal(key, nonce, text));
        for (const { crc32, newHash } of [a, b]) {
          const [running, half] = [newHash(), text.length >> 1];
          running.update(text.subarray(0, half));
          running.update(text.subarray(half));
          expect([running.hex(), crc32(text.subarray(half), crc32(text.subarray(0, half)))]).toEqual([a.hashHex(text), a.crc32(text)]);
        }
        expect(b.aeadOpen(key, nonce, a.aeadSeal(key, nonce, text))).toEqual(text);
        const peer = a.agreementPublicKey(other);
        expect(b.agreementPublicKey(other)).toEqual(peer);
        expect(b.agree(key, peer)).toEqual(a.agree(key, peer));
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['portable', PORTABLE_PRIMITIVES],
    ['node', NODE_PRIMITIVES],
  ])('refuses a forged tag and a small-order agreement key (%s)', (_name, sut) => {
    const key = new Uint8Array(32).fill(7);
    const sealed = sut.aeadSeal(key, new Uint8Array(12), utf8('x'));
    sealed[0] = (sealed[0] ?? 0) ^ 1;
    expect(() => sut.aeadOpen(key, new Uint8Array(12), sealed)).toThrow();
    expect(() => sut.aeadOpen(key, new Uint8Array(12), new Uint8Array(3))).toThrow();
    expect(() => sut.agree(key, new Uint8Array(32))).toThrow();
  });

  it('takes a key as it is at the moment, whatever the same array held before', () => {
    const key = new Uint8Array(32).fill(7);
    const nonce = new Uint8Array(12);
    const first = NODE_PRIMITIVES.aeadSeal(key, nonce, utf8('x'));
    expect(NODE_PRIMITIVES.aeadSeal(key, nonce, utf8('x'))).toEqual(first);
    key[31] = 8;
    const second = NODE_PRIMITIVES.aeadSeal(key, nonce, utf8('x'));
    expect(second).toEqual(PORTABLE_PRIMITIVES.aeadSeal(key, nonce, utf8('x')));
    expect(() => NODE_PRIMITIVES.aeadOpen(key, nonce, first)).toThrow();
    key[31] = 7;
    expect(NODE_PRIMITIVES.aeadOpen(key, nonce, first)).toEqual(utf8('x'));
  });

  it('commits to salt and text, and refuses a salt of another size', () => {
    const salt = toBase64Url(new Uint8Array(32).fill(1));
    for (const profile of both) {
      expect(profile.commitment(salt, '"公评"')).toBe(profile.commitment(salt, utf8('"公评"')));
      expect(profile.commitment(salt, 'a')).toBe(portable.hashHex(Uint8Array.from([...new Uint8Array(32).fill(1), 0x61])));
      expect(() => profile.commitment(toBase64Url(new Uint8Array(31)), 'a')).toThrow(RangeError);
      expect(profile.newSalt()).toHaveLength(43);
      expect(profile.newSalt()).not.toBe(profile.newSalt());
    }
  });

  it.each([1, 8_180, 8_181, 8_182, 24_544, 100_000])(
    'commits to a text of %d characters of any width, whatever was committed to before',
    (length) => {
      const salt = new Uint8Array(32).fill(2);
      for (const letter of ['a', 'é', '评', '😀']) {
        const text = letter.repeat(Math.ceil(length / letter.length));
        const expected = portable.hashHex(Uint8Array.from([...salt, ...utf8(text)]));
        for (const profile of both)
          expect([profile.commitment(toBase64Url(salt), 'x'.repeat(9_000)), profile.commitment(toBase64Url(salt), text)][1]).toBe(expected);
      }
    },
  );

  it.each(KINDS)('signs and checks alike in both implementations (%s)', (kind) => {
    for (const maker of both) {
      const signer = maker.generateSigner(kind);
      const signature = signer.sign(utf8('act'));
      for (const checker of both) {
        expect(checker.verify(signer.publicKey, utf8('act'), signature)).toBe(true);
        expect(checker.verify(signer.publicKey, utf8('acT'), signature)).toBe(false);
        for (const at of [0, 31, 32, 63]) expect(checker.verify(signer.publicKey, utf8('act'), tamper(signature, at))).toBe(false);
        expect(checker.verify(maker.generateSigner(kind).publicKey, utf8('act'), signature)).toBe(false);
        for (const bad of ['', 'AA', `${signature}A`, `${signature}=`, '!'])
          expect(checker.verify(signer.publicKey, utf8('act'), bad)).toBe(false);
        for (const bad of ['', 'AA', '!', signer.publicKey.slice(1)]) expect(checker.verify(bad, utf8('act'), signature)).toBe(false);
        const again = checker.signerFrom(signer.privateKey);
        expect([again.publicKey, again.privateKey]).toEqual([signer.publicKey, signer.privateKey]);
        expect(createPrivateKey({ key: Buffer.from(signer.privateKey, 'base64url'), format: 'der', type: 'pkcs8' }).type).toBe('private');
      }
    }
  });

  it('accepts only the low form of s, so that one act has one signature', () => {
    const signer = fast.generateSigner();
    const low = Buffer.from(signer.sign(utf8('act')), 'base64url');
    const high = p256.Point.Fn.ORDER - BigInt(`0x${low.toString('hex', 32)}`);
    const other = toBase64Url(Buffer.concat([low.subarray(0, 32), Buffer.from(high.toString(16).padStart(64, '0'), 'hex')]));
    for (const profile of both) expect(profile.verify(signer.publicKey, utf8('act'), other)).toBe(false);
    for (let index = 0; index < 40; index += 1) {
      const message = utf8(`act ${index}`);
      for (const maker of both)
        expect(portable.verify(signer.publicKey, message, maker.signerFrom(signer.privateKey).sign(message))).toBe(true);
    }
  });

  it('accepts what OpenSSL signed once its s is low, and nothing in DER form', () => {
    const signer = portable.generateSigner();
    const key = createPrivateKey({ key: Buffer.from(signer.privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
    const der = sign('sha256', utf8('act'), key);
    for (const profile of both) expect(profile.verify(signer.publicKey, utf8('act'), toBase64Url(der))).toBe(false);
  });

  it('refuses node keys of small order, where two implementations could differ', () => {
    const small = toBase64Url(Uint8Array.from([2, 1, ...new Uint8Array(31)]));
    expect(ed25519.Point.fromBytes(Uint8Array.from([1, ...new Uint8Array(31)])).isSmallOrder()).toBe(true);
    const zero = toBase64Url(Uint8Array.from([1, ...new Uint8Array(63)]));
    for (const profile of both) expect(profile.verify(small, utf8('any'), zero)).toBe(false);
  });

  it('keeps purposes apart: a signature of one is none of another', () => {
    const signer = fast.generateSigner();
    const signature = signWith(signer, 'login', { a: 1 });
    expect(verifyWith(fast, signer.publicKey, 'login', { a: 1 }, signature)).toBe(true);
    expect(verifyWith(fast, signer.publicKey, 'command', { a: 1 }, signature)).toBe(false);
    expect(new Set(Object.values(SIGNING_PREFIX)).size).toBe(Object.keys(SIGNING_PREFIX).length);
    expect(signingBytes('login', { b: 1, a: 2 })).toEqual(utf8('gongping/login/v2\n{"a":2,"b":1}'));
  });

  it('says what kind a public key is, and refuses an unknown profile or a key of another kind', () => {
    expect(decodePublicKey(fast.generateSigner().publicKey)?.kind).toBe('command');
    expect(decodePublicKey(fast.generateSigner('node').publicKey)?.kind).toBe('node');
    expect(decodePublicKey(toBase64Url(new Uint8Array(33).fill(9)))).toBeNull();
    expect(() => profileOf('gp-std-9')).toThrow(/unknown crypto profile/);
    expect(() => fast.signerFrom('AAAA')).toThrow(/not a signing key/);
  });
});
