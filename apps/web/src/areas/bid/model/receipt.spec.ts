import { profileOf, signWith } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import type { BidAct } from './kept-bid.js';
import { checkReceipt, type Receipt, zReceipt } from './receipt.js';

const profile = profileOf('gp-std-1');
const venue = profile.generateSigner();
const AT = '2026-04-01T01:00:00.000Z';
const signed = { command: { id: 'act-1' } } as BidAct['signed'];
const act: BidAct = { type: 'bidding.deliver', about: 'one', at: AT, signed };

function receiptOf(id: string, at: string, signer = venue): Receipt {
  const receipt = { v: 1 as const, origin: 'gp/platform', id, commitment: 'c'.repeat(64), at };
  return zReceipt.parse({ receipt, signature: signWith(signer, 'receipt', receipt), key: signer.publicKey, place: null, opening: null });
}
const check = (receipt: Receipt) => () => {
  checkReceipt(profile, venue.publicKey, act, receipt);
};

describe('the receipt of an act before the deadline', () => {
  it('A-100 is taken when the venue signed it over this act and its instant', () => {
    expect(check(receiptOf('act-1', AT))).not.toThrow();
  });

  it.each([
    ['another key', receiptOf('act-1', AT, profile.generateSigner())],
    ['another act', receiptOf('act-2', AT)],
    ['another time', receiptOf('act-1', '2026-04-01T01:00:00.001Z')],
    ['a changed word', { ...receiptOf('act-1', AT), receipt: { ...receiptOf('act-1', AT).receipt, commitment: 'd'.repeat(64) } }],
  ])('is refused with %s', (_, receipt) => {
    expect(check(receipt)).toThrow(expect.objectContaining({ code: 'BAD_SIGNATURE' }));
  });
});
