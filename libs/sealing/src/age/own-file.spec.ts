import { utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { encryptionKeyDer, generateKeeperKey, importAgreementKey, openByKey, openOnDevice, profileOf, sealToKey } from '../index.js';
import '../node.js';

const profile = profileOf('gp-std-1');
const [own, other] = [generateKeeperKey(profile), generateKeeperKey(profile)];

describe('something sealed for oneself', () => {
  it('is opened by the key that the browser keeps, and by no other; a changed byte opens nothing', async () => {
    const sealed = sealToKey(profile, own.publicKey, utf8('草稿'));
    const key = await importAgreementKey(encryptionKeyDer(own.privateKey));
    expect(await openOnDevice(profile, sealed, key, own.publicKey)).toEqual(utf8('草稿'));
    expect(Buffer.from(sealed).includes(Buffer.from('草稿'))).toBe(false);
    const foreign = await importAgreementKey(encryptionKeyDer(other.privateKey));
    expect(await openOnDevice(profile, sealed, foreign, other.publicKey)).toBeNull();
    for (const at of [10, 100, 180, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await openOnDevice(profile, changed, key, own.publicKey)).toBeNull();
    }
    expect(await openOnDevice(profile, new Uint8Array(3), key, own.publicKey)).toBeNull();
    expect([openByKey(profile, sealed, own), openByKey(profile, sealed, other), openByKey(profile, new Uint8Array(3), own)]).toEqual([
      utf8('草稿'),
      null,
      null,
    ]);
  });
});
