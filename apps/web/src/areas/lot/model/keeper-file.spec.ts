import { generateKeeperKey, profileOf } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import { keeperFile, readKeeperFile } from './keeper-file.js';

const profile = profileOf('gp-std-1');
const PLACE = { origin: 'test/lot/a/1', purpose: 'bids', party: 'tenderer' };
const key = generateKeeperKey(profile);

describe("the copy of a trustee's key", () => {
  it('gives the key back that was published', () => {
    expect(readKeeperFile(profile, keeperFile(PLACE, key), PLACE, key.publicKey)).toEqual(key);
  });

  it.each([
    ['another lot', keeperFile({ ...PLACE, origin: 'test/lot/b/1' }, key)],
    ['another party', keeperFile({ ...PLACE, party: 'agency' }, key)],
    ['another key than was published', keeperFile(PLACE, generateKeeperKey(profile))],
    ['a private half that does not fit', keeperFile(PLACE, { ...key, privateKey: generateKeeperKey(profile).privateKey })],
    ['a private half that is none', keeperFile(PLACE, { ...key, privateKey: 'AA' })],
  ])('is refused for %s', (_what, text) => {
    expect(() => readKeeperFile(profile, text, PLACE, key.publicKey)).toThrow(expect.objectContaining({ code: 'E_KEY_MISMATCH' }));
  });

  it.each(['', '{}', 'no JSON', 'x'.repeat(10_000)])('is refused when it is no such file: %.12s', (text) => {
    expect(() => readKeeperFile(profile, text, PLACE, key.publicKey)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
