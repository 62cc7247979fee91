import { equalBytes } from '@app/contracts';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aPerson, anAuthority, type Person, PROFILE } from '../test/people.js';
import { SMALL } from '../test/records.js';
import { attestPdf, openingRecordPdf, readSigned, signPdf } from './index.js';
import { readDocumentFont } from './node.js';

const AT = '2026-03-24T01:45:00.000Z';

// Documents are drawn and appended to many times; a busy machine takes its time.
jest.setTimeout(30_000);

describe('signatures on a document', () => {
  let base: Uint8Array;
  let signed: Uint8Array;
  let agency: Person;
  let supervisor: Person;
  const signaturesOf = (of: Uint8Array, pdf: Uint8Array) => {
    const read = readSigned(PROFILE, of, pdf);
    return read?.kind === 'pdf' ? read.signatures : null;
  };
  const sign = (pdf: Uint8Array, person: Person): Promise<Uint8Array> =>
    signPdf(PROFILE, pdf, { ...person, reason: 'openingRecord', at: AT });

  beforeAll(async () => {
    const authority = await anAuthority('根');
    agency = await aPerson(authority, '李明', '诚信招标代理有限公司');
    supervisor = await aPerson(authority, '王监督', '监督局');
    base = await openingRecordPdf(PROFILE, SMALL, readDocumentFont());
    signed = await sign(await sign(base, agency), supervisor);
  });

  it('A-114 are read back in their order, with the certificates that made them', () => {
    expect(signaturesOf(base, base)).toEqual([]);
    const found = signaturesOf(base, signed) ?? [];
    expect(found.map(({ certificate, reason, at }) => [certificate.subject.name, reason, at])).toEqual([
      ['李明', '签署开标记录', AT],
      ['王监督', '签署开标记录', AT],
    ]);
    expect(found.map(({ issuers }) => issuers)).toEqual([agency.issuers, supervisor.issuers]);
  });

  it('A-114 are those of this very document: not of another record, nor of a shorter file', async () => {
    const other = await openingRecordPdf(PROFILE, { ...SMALL, place: 'main' }, readDocumentFont());
    expect(signaturesOf(other, signed)).toBeNull();
    expect(signaturesOf(signed, base)).toBeNull();
    expect(signaturesOf(base, signed.subarray(0, -1))).toBeNull();
  });

  it('A-114 find every changed byte of what was appended, and everything that is appended beside them', () => {
    for (let at = base.length; at < signed.length; at += 293) {
      const changed = Uint8Array.from(signed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(signaturesOf(base, changed)).toBeNull();
    }
    expect(signaturesOf(base, Buffer.concat([signed, Buffer.from('\n')]))).toBeNull();
  });

  it('A-114 of those present stand beside the document, each over the same bytes', async () => {
    const cms = await attestPdf(PROFILE, base, agency);
    expect(readSigned(PROFILE, base, cms)).toMatchObject({ kind: 'detached', signature: { certificate: { subject: { name: '李明' } } } });
    expect(readSigned(PROFILE, signed, cms)).toBeNull();
  });

  it('leave every byte before them as it was, and are not made with somebody else’s key', async () => {
    expect(equalBytes(signed.subarray(0, base.length), base)).toBe(true);
    await expect(sign(base, { ...agency, signer: supervisor.signer })).rejects.toThrow('not of the key');
    await expect(sign(Buffer.from('%PDF-1.7 of somebody else'), agency)).rejects.toThrow('not a PDF of this form');
  });
});
