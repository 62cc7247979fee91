import { type ActReceipt, zActReceipt } from '@app/archive';
import { profileOf, signWith } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import type { BidAct } from './kept-bid.js';
import { checkReceipt } from './receipt.js';

const profile = profileOf('gp-std-1');
const venue = profile.generateSigner();
const [ACT, OTHER] = ['01a0c000-0000-7000-8000-000000000001', '01a0c000-0000-7000-8000-000000000002'];
const AT = '2026-04-01T01:00:00.000Z';
const signed = { command: { id: ACT } } as BidAct['signed'];
const act: BidAct = { type: 'bidding.deliver', about: 'one', at: AT, signed };

function receiptOf(id: string, at: string, signer = venue): ActReceipt {
  const receipt = { v: 1 as const, origin: 'gp/platform', id, commitment: 'c'.repeat(64), at };
  const signature = signWith(signer, 'receipt', receipt);
  return zActReceipt.parse({ receipt, signature, key: signer.publicKey, profile: 'gp-std-1', proof: null, opening: null });
}
const check = (receipt: ActReceipt) => () => {
  checkReceipt(profile, venue.publicKey, act, receipt);
};

describe('the receipt of an act before the deadline', () => {
  it('A-100 is taken when the venue signed it over this act and its instant', () => {
    expect(check(receiptOf(ACT, AT))).not.toThrow();
  });

  it.each([
    ['another key', receiptOf(ACT, AT, profile.generateSigner())],
    ['another act', receiptOf(OTHER, AT)],
    ['another time', receiptOf(ACT, '2026-04-01T01:00:00.001Z')],
    ['a changed word', { ...receiptOf(ACT, AT), receipt: { ...receiptOf(ACT, AT).receipt, commitment: 'd'.repeat(64) } }],
  ])('is refused with %s', (_, receipt) => {
    expect(check(receipt)).toThrow(expect.objectContaining({ code: 'BAD_SIGNATURE' }));
  });
});
