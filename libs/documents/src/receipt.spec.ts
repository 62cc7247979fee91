import { canonicalText, type JsonObject } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { aPerson, anAuthority, PROFILE } from '../test/people.js';
import { dataIn, DocumentError, readSigned, receiptPdf, signPdf } from './index.js';
import { readDocumentFont } from './node.js';

const FONT = readDocumentFont();
const act = {
  command: {
    type: 'bidding.deliver',
    lot: 'L',
    round: 1,
    public: { bid: 'b', manifest: { ciphertext: { hash: 'ab'.repeat(32), size: 5 } } },
  },
  person: { name: '周' },
  organisation: { name: '甲建设有限公司' },
  creditCode: '91330000000000000X',
};
const RECEIPT: JsonObject = {
  receipt: {
    v: 1,
    origin: 'gongping.test/platform',
    id: '01a0c000-0000-7000-8000-000000000001',
    commitment: 'cd'.repeat(32),
    at: '2026-03-24T01:00:00.000Z',
  },
  signature: 'c2ln',
  key: 'a2V5',
  profile: 'gp-std-1',
  proof: null,
  opening: { salt: 'c2FsdA', text: canonicalText(act) },
};

describe('the receipt of an act as PDF', () => {
  it('A-100 A-101 carries the receipt as it is, and is what this receipt makes', async () => {
    const pdf = await receiptPdf(RECEIPT, FONT);
    const data = dataIn(pdf);
    expect(canonicalText(data)).toBe(canonicalText(RECEIPT));
    expect(PROFILE.hashHex(await receiptPdf(data, FONT))).toBe(PROFILE.hashHex(pdf));
    const bidder = await aPerson(await anAuthority('根'), '周', '甲建设有限公司');
    const signed = await signPdf(PROFILE, pdf, { ...bidder, reason: 'receipt', at: '2026-03-24T01:00:05.000Z' });
    expect(dataIn(signed)).toEqual(dataIn(pdf));
    expect(readSigned(PROFILE, pdf, signed)).toMatchObject({ kind: 'pdf', signatures: [{ reason: '投标回执' }] });
  });

  it('A-101 is another document than the one of changed data, so what is printed cannot differ from what is proved', async () => {
    const pdf = await receiptPdf(RECEIPT, FONT);
    const other = { ...RECEIPT, receipt: { ...(RECEIPT['receipt'] as JsonObject), at: '2026-03-24T01:00:01.000Z' } };
    expect(readSigned(PROFILE, await receiptPdf(other, FONT), pdf)).toBeNull();
  });

  it('prints nothing of an act that it does not hold, and is made of nothing but a receipt', async () => {
    const without = await receiptPdf({ ...RECEIPT, opening: null }, FONT);
    const unread = await receiptPdf({ ...RECEIPT, opening: { salt: '', text: 'not JSON' } }, FONT);
    for (const pdf of [without, unread]) expect(dataIn(pdf)).not.toBeNull();
    await expect(receiptPdf({}, FONT)).rejects.toThrow(DocumentError);
    expect(dataIn(Buffer.from('%PDF-1.7'))).toBeNull();
  });
});
