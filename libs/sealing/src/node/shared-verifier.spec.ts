import { utf8 } from '@app/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { profileOf, SharedVerifier } from '../node.js';

const profile = profileOf('gp-std-1');
const signers = [profile.generateSigner(), profile.generateSigner('node')];

/** Every third signature is broken in one of the ways that a strict check must find. */
function asked(count: number) {
  return Array.from({ length: count }, (_unused, index) => {
    const signer = signers[index % 2] ?? profile.generateSigner();
    const message = utf8(`act ${index}`);
    const good = signer.sign(message);
    const broken = [good.slice(2), `${good.slice(0, -4)}AAAA`, '', '!'];
    return { publicKey: signer.publicKey, message, signature: index % 3 === 0 ? (broken[index % 4] ?? '') : good };
  });
}

describe('checking signatures on two threads', () => {
  let sut: SharedVerifier;
  beforeEach(() => {
    sut = new SharedVerifier(profile);
  });
  afterEach(() => sut.close());

  it.each([1, 2, 50, 600])('says of %i at once what the profile says', async (count) => {
    const cases = asked(count);
    const results = await Promise.all(cases.map(({ publicKey, message, signature }) => sut.verify(publicKey, message, signature)));
    expect(results).toEqual(cases.map(({ publicKey, message, signature }) => profile.verify(publicKey, message, signature)));
    expect(results.includes(true)).toBe(count > 1);
  });

  it('the other thread takes a part: this one checks less than half', async () => {
    let here = 0;
    const counting = new SharedVerifier({
      ...profile,
      verify: (publicKey, message, signature) => {
        here += 1;
        return profile.verify(publicKey, message, signature);
      },
    });
    const cases = asked(100);
    const results = await Promise.all(cases.map(({ publicKey, message, signature }) => counting.verify(publicKey, message, signature)));
    expect(results.filter(Boolean)).toHaveLength(66);
    expect(here).toBe(36);
    await counting.close();
  });

  it('refuses keys that are none', async () => {
    const cases = asked(8).map((one, index) => ({ ...one, publicKey: ['', 'AA', '!', one.publicKey.slice(2)][index % 4] ?? '' }));
    const results = await Promise.all(cases.map(({ publicKey, message, signature }) => sut.verify(publicKey, message, signature)));
    expect(results).toEqual(cases.map(() => false));
  });

  it('loses no answer when it is closed in the middle, nor afterwards', async () => {
    const cases = asked(100);
    const results = Promise.all(cases.map(({ publicKey, message, signature }) => sut.verify(publicKey, message, signature)));
    await new Promise((resolve) => setImmediate(resolve));
    await sut.close();
    const expected = cases.map(({ publicKey, message, signature }) => profile.verify(publicKey, message, signature));
    expect(await results).toEqual(expected);
    const [, first] = cases;
    if (first === undefined) throw new Error('no case');
    expect(await sut.verify(first.publicKey, first.message, first.signature)).toBe(true);
    await sut.close();
  });
});
