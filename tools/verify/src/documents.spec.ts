import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { compare, openingRecordFrom, receiptIn } from './documents.js';

const archive = (lot: string): string => fileURLToPath(new URL(`../fixtures/0.4.0/${lot}.zip`, import.meta.url));

describe('documents before the verifier', () => {
  it('A-114 B-017 makes the opening record of an archive again, and finds another one different', async () => {
    const made = await openingRecordFrom(archive('TV-E2E-01'));
    const other = await openingRecordFrom(archive('TV-E2E-02'));
    expect(compare(made, made.pdf, null)).toMatchObject({ isSame: true, lines: [expect.stringContaining('byte by byte'), 'not signed'] });
    expect(compare(made, other.pdf, null)).toMatchObject({ isSame: false });
    expect(compare(made, made.pdf.subarray(1), null)).toMatchObject({ isSame: false });
  });

  it('finds no receipt in another PDF', async () => {
    await expect(receiptIn(Buffer.from('%PDF-1.7'))).rejects.toThrow('carries no receipt');
    await expect(receiptIn((await openingRecordFrom(archive('TV-E2E-01'))).pdf)).rejects.toThrow('no receipt');
  });
});
