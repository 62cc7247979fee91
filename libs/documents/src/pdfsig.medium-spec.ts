import type { JsonObject } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { aPerson, anAuthority, PROFILE } from '../test/people.js';
import { count, PdfSig } from '../test/pdfsig.js';
import { playedRecord, SMALL } from '../test/records.js';
import { openingRecordPdf, signPdf } from './index.js';
import { readDocumentFont } from './node.js';

const AT = '2026-03-24T01:45:00.000Z';
/** What Debian's tools (poppler-utils, libnss3-tools) say of our files: programs that share nothing with this library. */
describe('documents before tools of others', () => {
  let tool: PdfSig;
  let record: Uint8Array;
  let signed: Uint8Array;

  beforeAll(async () => {
    const authority = await anAuthority('省数字证书中心');
    const agency = await aPerson(authority, '李明', '诚信招标代理有限公司');
    const supervisor = await aPerson(authority, '王监督', '市公共资源交易监督管理局');
    tool = new PdfSig([authority.certificate]);
    record = await openingRecordPdf(PROFILE, playedRecord(), readDocumentFont());
    const first = await signPdf(PROFILE, record, { ...agency, reason: 'openingRecord', at: AT });
    signed = await signPdf(PROFILE, first, { ...supervisor, reason: 'supervision', at: AT });
  });
  afterAll(() => {
    tool.end();
  });

  it('A-114 B-017 finds the signatures of agency and supervisor on the opening record valid, trusted and over the whole document', () => {
    const said = tool.say(signed);
    expect(count(said, /Signature is Valid\./g)).toBe(2);
    expect(count(said, /Certificate is Trusted\./g)).toBe(2);
    expect(count(said, /ETSI\.CAdES\.detached/g)).toBe(2);
    expect(count(said, /Total document signed/g)).toBe(1);
    expect(said).toContain('李明');
    expect(said).toContain('王监督');
    expect(said).toMatch(/Signature #2:[^]*Total document signed/);
  });

  it('A-114 finds both signatures broken by one changed byte of the record, and one by a byte between them', () => {
    const changed = Uint8Array.from(signed);
    const at = Buffer.from(changed).indexOf('/MediaBox');
    changed[at + 13] = '9'.charCodeAt(0);
    expect(count(tool.say(changed), /Digest Mismatch/g)).toBe(2);
    const between = Uint8Array.from(signed);
    const field = Buffer.from(between).lastIndexOf('(signature-2)');
    between[field + 11] = '3'.charCodeAt(0);
    expect([count(tool.say(between), /Signature is Valid/g), count(tool.say(between), /Digest Mismatch/g)]).toEqual([1, 1]);
  });

  it('A-114 shows that bytes were appended after the last signature', () => {
    const appended = Buffer.concat([signed, Buffer.from('\n% more\n')]);
    expect(count(tool.say(appended), /Total document signed/g)).toBe(0);
  });

  it('reads by its number what the font lacks and what nobody would see', async () => {
    const lot = { code: 'E\u202E1', name: '\u{2A6D6}\u{10FFFD}\u0007局', regime: 'TENDER_LAW', ceiling: '1' };
    const path = tool.file('strange.pdf', await openingRecordPdf(PROFILE, { ...SMALL, lot }, readDocumentFont()));
    const text = execFileSync('pdftotext', ['-layout', path, '-']).toString();
    expect(text).toContain('E〔U+202E〕1');
    expect(text).toMatch(/〔U\+10FFFD〕〔U\+0007〕局/);
  });

  it('A-103 prints what came of each bidder’s security where the tender document asks for one', async () => {
    const [bid] = SMALL['bids'] as JsonObject[];
    const of = (bidder: string, security: JsonObject): JsonObject => ({ ...bid, bidder, name: bidder, security });
    const received = { form: 'BANK_GUARANTEE', amount: '15000.00', receivedAt: '2026-03-23T01:30:00.000Z' };
    const bids = [
      of('甲', { received, findings: ['SHORT'] }),
      of('乙', { received: null, findings: ['MISSING'] }),
      of('丙', { received, findings: [] }),
    ];
    const asking = { ...SMALL, bids, bidSecurity: { amount: '20000.00', forms: ['TRANSFER', 'BANK_GUARANTEE'] } };
    const path = tool.file('security.pdf', await openingRecordPdf(PROFILE, asking, readDocumentFont()));
    const text = execFileSync('pdftotext', ['-layout', path, '-']).toString();
    expect(text).toContain('投标保证金（招标文件要求 20,000.00 元，转账、银行保函）');
    expect(text).toMatch(/1\s+甲\s+银行保函\s+15,000\.00\s+2026-03-23 09:30:00\s+金额不足/);
    expect(text).toMatch(/2\s+乙\s+—\s+—\s+—\s+未提交/);
    expect(text).toMatch(/3\s+丙\s.*符合/);
  });

  it('A-115 prints what the lot’s own template names, in its order and under its words', async () => {
    const columns = [
      { field: 'validityDays', title: '有效天数' },
      { field: 'price', title: '总报价' },
    ];
    const form = { title: '江堤工程开标记录', note: '按招标文件第三章宣读。', columns };
    const pdf = await openingRecordPdf(PROFILE, { ...playedRecord(), form }, readDocumentFont());
    const text = execFileSync('pdftotext', ['-layout', tool.file('form.pdf', pdf), '-']).toString();
    expect(text).toMatch(/江堤工程开标记录[^]*按招标文件第三章宣读。[^]*唱标[^]*有效天数 +总报价/);
    expect(text).toMatch(/C建设有限公司 .* 90 +9,350,000\.00/);
    // What the template leaves out stands nowhere, and what no template may leave out is there.
    for (const left of ['项目负责人', '经理A', '投标保证金', '大写']) expect(text).not.toContain(left);
    for (const kept of ['投标人', '递交时间', '解密成功', '截止时锁定的投标文件', '签到与确认']) expect(text).toContain(kept);
  });

  it('A-114 finds no signature in the record as everybody makes it, and its text and data readable', () => {
    expect(tool.say(record)).not.toContain('Signature is Valid');
    const path = tool.file('record.pdf', record);
    const text = execFileSync('pdftotext', ['-layout', path, '-']).toString();
    expect(text).toContain('开标记录');
    expect(text).toContain('A建设有限公司');
    expect(text).toContain('9,350,000.00');
    const fonts = execFileSync('pdffonts', [path]).toString().trim().split('\n').slice(2);
    expect(fonts.map((line) => /\s(yes|no)\s+(yes|no)\s+(yes|no)\s/.exec(line)?.slice(1).join(' '))).toEqual(['yes yes yes']);
    const data = tool.file('data.json', new Uint8Array());
    execFileSync('pdfdetach', ['-save', '1', '-o', data, path]);
    expect(execFileSync('sha256sum', [data]).toString()).toContain(/开标记录 ([0-9a-f]{64})/.exec(text)?.[1] ?? 'no hash is printed');
  });
});
