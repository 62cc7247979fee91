import { describe, expect, it } from '@jest/globals';
import { profileOf } from '../profile/profiles.js';
import { deviceSigner, importDeviceKey } from './device-key.js';

const profile = profileOf('gp-std-1');

describe('the key in the browser', () => {
  it('makes signatures that the profile takes, every time', async () => {
    const known = profile.generateSigner();
    const signer = deviceSigner(await importDeviceKey(known.privateKey), known.publicKey);
    for (let index = 0; index < 24; index += 1) {
      const message = Uint8Array.of(index, 1, 2);
      const signature = await signer.sign(message);
      expect(profile.verify(known.publicKey, message, signature)).toBe(true);
    }
  });

  it('can not be read out again', async () => {
    const key = await importDeviceKey(profile.generateSigner().privateKey);
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });

  it('refuses what is no key', async () => {
    await expect(importDeviceKey('AAAA')).rejects.toThrow();
  });
});
