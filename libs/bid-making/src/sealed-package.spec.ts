import { generateKeeperKey, makeBid, openingSheetPart } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { type ExpectedBid, readSealedBid, sealedBidFile, type SealedBidFile } from './sealed-package.js';

const profile = profileOf('gp-std-1');
const BID = '01a0c000-0000-7000-8000-000000000001';
const AT = '2026-04-01T01:00:00.000Z';
const signer = profile.generateSigner();
const keepers = ['agency', 'tenderer', 'supervisor'].map((party) => ({ party, publicKey: generateKeeperKey(profile).publicKey }));
const expected: ExpectedBid = {
  origin: 'gongping.test/lot/a/1',
  bidder: '91330100000000001X',
  publicKey: signer.publicKey,
  keepers,
  threshold: 2,
};
const made = makeBid(profile, {
  ...expected,
  bid: BID,
  encryptionPublicKey: generateKeeperKey(profile).publicKey,
  parts: [openingSheetPart({ v: 1 })],
});
const file = (by = signer, whose: Pick<ExpectedBid, 'origin' | 'bidder'> = expected): SealedBidFile =>
  sealedBidFile(by, whose, { bid: BID, at: AT, sealed: made });
const read = (given: unknown, more: Partial<ExpectedBid> = {}) => readSealedBid(profile, JSON.stringify(given), { ...expected, ...more });
const fault = (name: string) => expect.objectContaining({ fault: name });

describe('a sealed bid that is handed in from another machine', () => {
  it('is taken as it was sealed, and says nothing of what is in it', () => {
    const { bid, at, size, sealed } = read(file());
    expect([bid, at, size]).toEqual([BID, AT, made.ciphertext.length]);
    const { manifest, innerHeader, innerHeaderHash, indexCommitment } = made;
    expect(sealed).toEqual({ manifest, innerHeader, innerHeaderHash, indexCommitment });
    expect(JSON.stringify(file())).not.toContain('开标一览表');
  });

  it.each([
    ['no JSON object', 'text'],
    ['another object', { v: 1 }],
    ['a statement with more in it', { ...file(), more: 1 }],
    ['more than such a file can hold', { ...file(), signature: 'A'.repeat(70_000) }],
  ])('is refused when it is %s', (_what, given) => {
    expect(() => read(given)).toThrow(fault('packageForm'));
  });

  it('is refused for another lot, and from another bidder', () => {
    expect(() => read(file(), { origin: 'gongping.test/lot/a/2' })).toThrow(fault('packageLot'));
    expect(() => read(file(), { bidder: '91330100000000002Y' })).toThrow(fault('packageBidder'));
  });

  it('is refused unless the certificate that delivers it signed it as it stands: nobody puts another bid in its place', () => {
    expect(() => read(file(profile.generateSigner()))).toThrow(fault('packageUnsigned'));
    const { statement, signature } = file();
    const { ciphertext } = statement.manifest;
    const manifest = { ...statement.manifest, ciphertext: { ...ciphertext, size: ciphertext.size + 1 } };
    for (const changed of [
      { ...statement, manifest },
      { ...statement, at: '2026-04-01T01:00:00.001Z' },
    ])
      expect(() => read({ statement: changed, signature })).toThrow(fault('packageUnsigned'));
  });

  it('is refused when it names another inner header than it shows, or is another box than that of this lot, bidder and bid', () => {
    const wrong = sealedBidFile(signer, expected, { bid: BID, at: AT, sealed: { ...made, innerHeaderHash: 'a'.repeat(64) } });
    expect(() => read(wrong)).toThrow(fault('packageForm'));
    const other = sealedBidFile(signer, expected, { bid: BID.replace('0c000', '0c001'), at: AT, sealed: made });
    expect(() => read(other)).toThrow(fault('packageKeepers'));
  });

  it('is refused when keepers have published other keys since, one more keeps a share, or more of them are needed', () => {
    const [first, ...others] = keepers;
    const changed = [{ party: first?.party ?? '', publicKey: generateKeeperKey(profile).publicKey }, ...others];
    expect(() => read(file(), { keepers: changed })).toThrow(fault('packageKeepers'));
    expect(() => read(file(), { keepers: others })).toThrow(fault('packageKeepers'));
    expect(() => read(file(), { threshold: 3 })).toThrow(fault('packageKeepers'));
  });
});
