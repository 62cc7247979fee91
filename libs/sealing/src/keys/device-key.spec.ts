import { describe, expect, it } from '@jest/globals';
import { profileOf } from '../profile/profiles.js';
import { makeBid, openingSheetPart } from '../bid/seal-bid.js';
import { unwrapFileKey, unwrapOnDevice } from '../bid/inner-header.js';
import { encryptionKeyDer, generateKeeperKey } from '../box/keeper-keys.js';
import { deviceSigner, importAgreementKey, importDeviceKey } from './device-key.js';

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

  it('cannot be read out again', async () => {
    const key = await importDeviceKey(profile.generateSigner().privateKey);
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });

  it('refuses what is no key', async () => {
    await expect(importDeviceKey('AAAA')).rejects.toThrow();
  });
});

describe('the key in the browser that bids are encrypted to', () => {
  const mine = generateKeeperKey(profile);
  const bid = makeBid(profile, {
    origin: 'gongping.test/lot/1/1',
    bidder: '91330784MA20001029',
    bid: '01890a5d-ac96-774b-bcce-b302099a8057',
    parts: [openingSheetPart({ v: 1 })],
    encryptionPublicKey: mine.publicKey,
    keepers: ['node:main', 'node:sub-1'].map((party) => ({ party, publicKey: generateKeeperKey(profile).publicKey })),
    threshold: 2,
  });

  it('A-110 unwraps the header of the own bid to the very key that the private key gives', async () => {
    const key = await importAgreementKey(encryptionKeyDer(mine.privateKey));
    expect(key.extractable).toBe(false);
    const fileKey = await unwrapOnDevice(profile, bid.innerHeader, key, mine.publicKey);
    expect(fileKey).not.toBeNull();
    expect(fileKey).toBe(unwrapFileKey(profile, bid.innerHeader, mine.privateKey));
  });

  it('gives nothing for another key, another half of it, or a header that was changed', async () => {
    const key = await importAgreementKey(encryptionKeyDer(mine.privateKey));
    const other = generateKeeperKey(profile);
    const otherKey = await importAgreementKey(encryptionKeyDer(other.privateKey));
    const changed = `${bid.innerHeader.slice(0, -6)}AAAAAA`;
    expect(await unwrapOnDevice(profile, bid.innerHeader, otherKey, other.publicKey)).toBeNull();
    expect(await unwrapOnDevice(profile, bid.innerHeader, key, other.publicKey)).toBeNull();
    expect(await unwrapOnDevice(profile, changed, key, mine.publicKey)).toBeNull();
    expect(await unwrapOnDevice(profile, 'AAAA', key, mine.publicKey)).toBeNull();
    await expect(importAgreementKey(profile.generateSigner().privateKey)).rejects.toThrow();
  });
});
