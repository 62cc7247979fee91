import { fromBase64Url, toBase64Url, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import type { BoxKeeper, BoxManifest, CryptoProfile, KeeperRelease } from '../index.js';
import {
  boxContext,
  boxIdentity,
  checkBox,
  checkContent,
  answerDrill,
  checkDrill,
  checkKeeperKey,
  checkKeepers,
  checkRelease,
  encodePublicKey,
  generateKeeperKey,
  isEncryptionKey,
  keeperPublicKey,
  openBox,
  plaintextSalt,
  proveKeeperKey,
  recoverMaster,
  sealBox,
  zBoxManifest,
} from '../index.js';
import { openPayload } from '../age/age-stream.js';
import { HEADER_SIZE, recipientText, unwrapHeader } from '../age/age-header.js';
import { createProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import { PORTABLE_PRIMITIVES } from '../profile/portable-primitives.js';
import { combineShares, shareOf } from './shamir.js';

const profile = createProfile('gp-std-1', NODE_PRIMITIVES);
const portable = createProfile('gp-std-1', PORTABLE_PRIMITIVES);
const PARTIES = ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'];
const keys = PARTIES.map((party) => ({ party, ...generateKeeperKey(profile) }));
const keepers: BoxKeeper[] = keys.map(({ party, publicKey }) => ({ party, publicKey }));
const terms = { purpose: 'bids', context: boxContext('gongping.test/lot/lot-1/1', '91310000MA1FL0AB1X', 'bid-1'), threshold: 3 };
const content = utf8('{"total":"1234567.89"}');
const { manifest, ciphertext, master } = sealBox(profile, { ...terms, keepers }, content);

const release = (...places: number[]): KeeperRelease[] =>
  keys.filter((_key, at) => places.includes(at)).map(({ party, privateKey }) => ({ party, privateKey }));
function subsets(size: number): number[][] {
  return Array.from({ length: 2 ** keys.length }, (_unused, bits) => keys.map((_key, at) => at).filter((at) => (bits >> at) & 1)).filter(
    (set) => set.length === size,
  );
}
function flip(text: string, at: number): string {
  const bytes = Uint8Array.from(fromBase64Url(text));
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return toBase64Url(bytes);
}
const withWrap = (place: number, wrap: string): BoxManifest => ({
  ...manifest,
  keepers: manifest.keepers.map((keeper, at) => (at === place ? { ...keeper, wrap } : keeper)),
});

describe('a proof that a keeper holds the private half of his key', () => {
  const place = { origin: 'gongping.test/lot/lot-1/1', purpose: 'bids', party: 'agency' };

  it.each([
    ['Node', profile, portable],
    ['portable', portable, profile],
  ])('SEC-11 made by the %s primitives holds for both, whatever the sign of the point', (_name, mine, other) => {
    for (let time = 0; time < 16; time += 1) {
      const key = generateKeeperKey(mine);
      expect(checkKeeperKey(other, place, key.publicKey, proveKeeperKey(mine, place, key))).toBe(true);
    }
  });

  it('SEC-11 holds for no other key or place, in no other form, and nothing makes it throw', () => {
    const key = generateKeeperKey(profile);
    const proof = proveKeeperKey(profile, place, key);
    const bytes = fromBase64Url(proof);
    const [commitment, response] = [bytes.subarray(0, 32), bytes.subarray(32)];
    // The same scalar, not reduced: another text for the same proof.
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const value = response.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order;
    const unreduced = Uint8Array.from({ length: 32 }, (_none, at) => Number((value >> BigInt(8 * at)) & 255n));
    const bad: [string, typeof place, string][] = [
      [generateKeeperKey(profile).publicKey, place, proof],
      [key.publicKey, { ...place, party: 'tenderer' }, proof],
      [key.publicKey, { ...place, purpose: 'review' }, proof],
      [key.publicKey, { ...place, origin: 'gongping.test/lot/lot-2/1' }, proof],
      [key.publicKey, place, toBase64Url(new Uint8Array([...commitment, ...unreduced]))],
      [key.publicKey, place, toBase64Url(new Uint8Array([...response, ...commitment]))],
      [key.publicKey, place, toBase64Url(new Uint8Array(64))],
      [key.publicKey, place, proof.slice(0, 40)],
      [key.publicKey, place, '!'],
      // Neither a point nor a key: on the twist, of small order, of another kind.
      [encodePublicKey('agreement', new Uint8Array(32).fill(2)), place, proof],
      [encodePublicKey('agreement', new Uint8Array(32)), place, proof],
      [encodePublicKey('agreement', new Uint8Array(32).fill(255)), place, proof],
      [encodePublicKey('node', new Uint8Array(32).fill(9)), place, proof],
    ];
    for (const [publicKey, where, text] of bad) expect(checkKeeperKey(profile, where, publicKey, text)).toBe(false);
  });

  it('SEC-11 of a drill answers its own challenge, and serves in the place of no other proof', () => {
    const key = generateKeeperKey(profile);
    const answer = answerDrill(profile, place, 'challenge-1', key);
    expect(checkDrill(portable, place, 'challenge-1', key.publicKey, answer)).toBe(true);
    expect(checkDrill(profile, place, 'challenge-2', key.publicKey, answer)).toBe(false);
    expect(checkDrill(profile, { ...place, party: 'tenderer' }, 'challenge-1', key.publicKey, answer)).toBe(false);
    expect(checkDrill(profile, place, 'challenge-1', generateKeeperKey(profile).publicKey, answer)).toBe(false);
    expect(checkDrill(profile, place, 'challenge-1', key.publicKey, '!')).toBe(false);
    expect(checkKeeperKey(profile, place, key.publicKey, answer)).toBe(false);
    expect(checkDrill(profile, place, 'challenge-1', key.publicKey, proveKeeperKey(profile, place, key))).toBe(false);
  });

  it('SEC-11 spoiled in any bit is none', () => {
    const key = generateKeeperKey(profile);
    const bytes = fromBase64Url(proveKeeperKey(profile, place, key));
    fc.assert(
      fc.property(fc.nat({ max: 511 }), (bit) => {
        const spoiled = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        return !checkKeeperKey(profile, place, key.publicKey, toBase64Url(spoiled));
      }),
      { numRuns: 60 },
    );
  });
});

describe('sealed box', () => {
  it('A-96 opens with every three of five keepers, and with no two', () => {
    for (const set of subsets(3)) {
      const recovery = recoverMaster(profile, manifest, release(...set));
      expect(recovery).toEqual({ status: 'recovered', master, keeperFaults: [] });
    }
    for (const set of subsets(2))
      expect(recoverMaster(profile, manifest, release(...set))).toMatchObject({ status: 'waiting', missing: 1 });
    expect(recoverMaster(profile, manifest, [])).toMatchObject({ status: 'waiting', missing: 3 });
    expect(recoverMaster(profile, manifest, release(0, 1, 2, 3, 4))).toMatchObject({ status: 'recovered', master });
  });

  it('two shares fit every secret equally well, so they say nothing', () => {
    const secret = Uint8Array.of(7);
    const coefficients = [Uint8Array.of(99), Uint8Array.of(200)];
    const known = [1, 2].map((number) => ({ number, value: shareOf(secret, coefficients, number) }));
    const secrets = Array.from(
      { length: 256 },
      (_unused, third) => combineShares([...known, { number: 3, value: Uint8Array.of(third) }])[0],
    );
    expect(new Set(secrets).size).toBe(256);
  });

  it('shares combine to the secret, whatever the threshold and the keepers', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.uint8Array({ minLength: 200, maxLength: 200 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 6, maxLength: 6 }),
        (secret, threshold, random, places) => {
          const coefficients = Array.from({ length: threshold - 1 }, (_unused, degree) =>
            random.slice(degree * 40, degree * 40 + secret.length),
          );
          const numbers = places.slice(0, threshold);
          expect(combineShares(numbers.map((number) => ({ number, value: shareOf(secret, coefficients, number) })))).toEqual(secret);
        },
      ),
    );
  });

  it('re-deals to the same bytes in both implementations', () => {
    expect(checkBox(profile, manifest, master)).toBeNull();
    expect(checkBox(portable, manifest, master)).toBeNull();
    expect(sealBox(portable, { ...terms, keepers }, content, fromBase64Url(master))).toEqual({ manifest, ciphertext, master });
    expect(openBox(portable, manifest, ciphertext, master)).toEqual({ ok: true, content });
    expect(checkContent(profile, manifest, master, content)).toBeNull();
    expect(profile.commitment(plaintextSalt(profile, manifest, master) ?? '', content)).toBe(manifest.plaintext);
    expect(zBoxManifest.parse(manifest)).toEqual(manifest);
  });

  it('other 32 bytes are no master, and say nothing against the box', () => {
    for (const bad of [toBase64Url(new Uint8Array(32)), flip(master, 0), '', 'AA', '!!'])
      for (const check of [checkBox(profile, manifest, bad), checkContent(profile, manifest, bad, content)])
        expect(check?.code).toBe('NOT_MASTER');
    expect(boxIdentity(profile, manifest, 'AA')).toBeNull();
    expect(plaintextSalt(profile, manifest, 'AA')).toBeNull();
  });

  it('a garbage share is found with whichever keepers release, and its keeper is named as the one it was dealt to', () => {
    for (const place of [0, 4]) {
      const bad = withWrap(place, flip(manifest.keepers[place]?.wrap ?? '', 40));
      const fault = { code: 'WRAP', keeper: PARTIES[place] };
      for (const set of subsets(3)) {
        const recovery = recoverMaster(profile, bad, release(...set));
        if (set.includes(place)) expect(recovery).toMatchObject({ status: 'invalid', fault });
        else expect(checkBox(profile, bad, recovery.status === 'recovered' ? recovery.master : '')).toMatchObject(fault);
      }
    }
  });

  it('a lying dealer who seals true-looking shares of something else is INVALID for every three keepers', () => {
    const other = sealBox(profile, { ...terms, keepers }, content);
    const mixed = {
      ...manifest,
      keepers: manifest.keepers.map((keeper, at) => (at < 2 ? keeper : (other.manifest.keepers[at] ?? keeper))),
    };
    for (const set of subsets(3)) expect(recoverMaster(profile, mixed, release(...set)).status).toBe('invalid');
    const twice = { ...manifest, boxKey: other.manifest.boxKey };
    expect(recoverMaster(profile, twice, release(0, 1, 2)).status).toBe('invalid');
  });

  it('a keeper who releases a wrong key is named and left aside; the others suffice', () => {
    const wrong = { party: 'agency', privateKey: generateKeeperKey(profile).privateKey };
    const recovery = recoverMaster(profile, manifest, [...release(0, 2), wrong]);
    expect(recovery).toMatchObject({ status: 'waiting', missing: 1, keeperFaults: [{ code: 'KEEPER_KEY', keeper: 'agency' }] });
    expect(recoverMaster(profile, manifest, [...release(0, 2, 3), wrong])).toMatchObject({ status: 'recovered', master });
    for (const [at, key] of keys.entries()) expect(checkRelease(profile, keepers[at] ?? key, key.privateKey)).toBeNull();
    for (const keeper of keepers) for (const bad of ['', 'AA', '!']) expect(checkRelease(profile, keeper, bad)?.code).toBe('KEEPER_KEY');
  });

  it('a server that serves its own keys as the keepers’ is refused before anything is released', () => {
    expect(checkKeepers(manifest, keepers, terms)).toBeNull();
    const served = keepers.map((keeper) =>
      keeper.party === 'tenderer' ? { ...keeper, publicKey: generateKeeperKey(profile).publicKey } : keeper,
    );
    const trapped = sealBox(profile, { ...terms, keepers: served }, content);
    expect(checkKeepers(trapped.manifest, keepers, terms)).toMatchObject({ code: 'KEEPER_SET', keeper: 'tenderer' });
    expect(checkKeepers(manifest, keepers.slice(1), terms)).toMatchObject({ code: 'KEEPER_SET' });
    expect(checkKeepers(manifest, [...keepers, { party: 'guest', publicKey: 'x' }], terms)).toMatchObject({
      code: 'KEEPER_SET',
      keeper: 'guest',
    });
    for (const change of [{ purpose: 'ballots' }, { context: 'a#b#c' }, { threshold: 2 }])
      expect(checkKeepers(manifest, keepers, { ...terms, ...change })).toMatchObject({ code: 'SHAPE' });
  });

  it('a copy under another name does not re-deal: the box is bound to its context', () => {
    const copied = { ...manifest, context: boxContext('gongping.test/lot/lot-1/1', '91440300MA5RIVAL00', 'bid-2') };
    expect(recoverMaster(profile, copied, release(0, 1, 2))).toMatchObject({ status: 'invalid', fault: { code: 'WRAP' } });
    expect(checkBox(profile, copied, master)?.code).toBe('NOT_MASTER');
    expect(checkBox(profile, { ...manifest, purpose: 'review' }, master)?.code).toBe('NOT_MASTER');
    expect(checkBox(profile, { ...manifest, threshold: 2 }, master)?.code).toBe('NOT_MASTER');
  });

  it('names what is wrong with the body: other bytes, a body of another key, another content', () => {
    const changed = Uint8Array.from(ciphertext);
    changed[ciphertext.length - 1] = (changed[ciphertext.length - 1] ?? 0) ^ 1;
    expect(openBox(profile, manifest, changed, master)).toMatchObject({ fault: { code: 'CIPHERTEXT' } });
    const relabelled = { ...manifest, ciphertext: { hash: profile.hashHex(changed), size: changed.length } };
    expect(openBox(profile, relabelled, changed, master)).toMatchObject({ fault: { code: 'BODY' } });
    expect(checkContent(profile, relabelled, master, content)?.code).toBe('BODY');
    expect(checkContent(profile, manifest, master, utf8('{"total":"1"}'))?.code).toBe('COMMITMENT');
    const uncommitted = { ...manifest, plaintext: '0'.repeat(64) };
    expect(openBox(profile, uncommitted, ciphertext, master)).toMatchObject({ fault: { code: 'COMMITMENT' } });
    const tiny = { ...manifest, ciphertext: { hash: profile.hashHex(''), size: 0 } };
    expect(openBox(profile, tiny, new Uint8Array(), master)).toMatchObject({ fault: { code: 'BODY' } });
  });

  it('refuses impossible thresholds, a keeper named twice and keys of small order', () => {
    expect(() => sealBox(profile, { ...terms, threshold: 6, keepers }, content)).toThrow(/6 shares/);
    expect(() => sealBox(profile, { ...terms, threshold: 0, keepers }, content)).toThrow();
    const [first] = keepers;
    if (first === undefined) throw new Error('no keeper');
    expect(() => sealBox(profile, { ...terms, keepers: [first, ...keepers] }, content)).toThrow(/named twice/);
    expect(() => sealBox(profile, { ...terms, keepers: [first, { ...first, party: 'x' }, ...keepers.slice(1)] }, content)).toThrow(
      /key is named twice/,
    );
    const small = encodePublicKey('agreement', new Uint8Array(32));
    for (const sut of [profile, portable]) {
      expect(isEncryptionKey(sut, small)).toBe(false);
      expect(isEncryptionKey(sut, first.publicKey)).toBe(true);
      expect(isEncryptionKey(sut, profile.generateSigner().publicKey)).toBe(false);
      expect(() => sealBox(sut, { ...terms, keepers: [{ party: 'x', publicKey: small }], threshold: 1 }, content)).toThrow();
    }
    expect(() => keeperPublicKey(profile, 'AA')).toThrow();
    const shapes = [
      { ...manifest, threshold: 9 },
      { ...manifest, keepers: [...manifest.keepers, ...manifest.keepers] },
    ];
    for (const shape of shapes) expect(recoverMaster(profile, shape, release(0, 1, 2))).toMatchObject({ status: 'invalid' });
  });
});

describe('box body', () => {
  const open = (sut: CryptoProfile, bytes: Uint8Array, key: Uint8Array): Uint8Array => {
    const fileKey = unwrapHeader(sut.primitives, bytes.subarray(0, HEADER_SIZE), key);
    if (fileKey === null) throw new Error('not for this key');
    return openPayload(sut.primitives, fileKey, bytes.subarray(HEADER_SIZE));
  };

  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_001])(
    'of %i bytes is a file that the age library opens, and the other way round',
    async (size) => {
      const body = Uint8Array.from({ length: size }, (_unused, at) => at % 251);
      const box = sealBox(profile, { ...terms, keepers }, body);
      const decrypter = new Decrypter();
      decrypter.addIdentity(boxIdentity(profile, box.manifest, box.master) ?? '');
      expect(Buffer.compare(await decrypter.decrypt(box.ciphertext), body)).toBe(0);
      const key = generateKeeperKey(profile);
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipientText(fromBase64Url(key.publicKey).subarray(1)));
      const theirs = await encrypter.encrypt(body);
      expect(Buffer.compare(open(profile, theirs, fromBase64Url(key.privateKey)), body)).toBe(0);
    },
  );

  it('finds chunks that were cut off, swapped or added', () => {
    const body = new Uint8Array(200_000).fill(5);
    const box = sealBox(profile, { ...terms, keepers }, body);
    const bytes = box.ciphertext;
    const relabel = (changed: Uint8Array) =>
      openBox(profile, { ...box.manifest, ciphertext: { hash: profile.hashHex(changed), size: changed.length } }, changed, box.master);
    const chunk = 65_552;
    const start = HEADER_SIZE + 16;
    const swapped = Uint8Array.from(bytes);
    swapped.set(bytes.subarray(start + chunk, start + 2 * chunk), start);
    swapped.set(bytes.subarray(start, start + chunk), start + chunk);
    for (const changed of [
      swapped,
      bytes.subarray(0, start + chunk),
      bytes.subarray(0, bytes.length - 1),
      Uint8Array.from([...bytes, 0]),
      bytes.subarray(0, start),
    ])
      expect(relabel(changed)).toMatchObject({ ok: false, fault: { code: 'BODY' } });
  });
});
