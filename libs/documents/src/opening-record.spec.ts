import { canonicalText, type JsonObject, type JsonValue } from '@app/contracts';
import { readArchive } from '@app/archive';
import { openFile } from '@app/archive/node';
import { describe, expect, it, jest } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { PROFILE } from '../test/people.js';
import { SMALL, SMALL_FORM_1 } from '../test/records.js';
import { DocumentError, openingRecordIn, openingRecordPdf } from './index.js';
import { readDocumentFont } from './node.js';

const FONT = readDocumentFont();
const textOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const pdfOf = (record: JsonValue): Promise<Uint8Array> => openingRecordPdf(PROFILE, record, FONT);

// Documents are drawn and appended to many times; a busy machine takes its time.
jest.setTimeout(30_000);

describe('the opening record as PDF', () => {
  it('A-114 B-017 gives everybody the same bytes, in whatever order a program holds the record’s members', async () => {
    const turned = Object.fromEntries(Object.entries(SMALL).reverse());
    const pdf = await pdfOf(SMALL);
    expect(PROFILE.hashHex(await pdfOf(turned))).toBe(PROFILE.hashHex(pdf));
    expect(textOf(pdf)).toContain(canonicalText({ lot: SMALL['lot'] ?? null }).slice(1, 20));
    expect(PROFILE.hashHex(await pdfOf({ ...SMALL, place: 'main' }))).not.toBe(PROFILE.hashHex(pdf));
  });

  // Other bytes for the same record are another form: what was signed could no more be made again. A new form is numbered anew (版式 2), beside this one.
  it('is form 1 to the byte, from release to release of what draws it', async () => {
    expect(PROFILE.hashHex(await pdfOf(SMALL))).toBe(SMALL_FORM_1);
  });

  it('A-114 draws the record of every release’s archives', async () => {
    for (const release of ['0.1.0', '0.2.0', '0.3.0', '0.4.0'])
      for (const lot of ['TV-E2E-01', 'TV-E2E-02']) {
        const source = await openFile(fileURLToPath(new URL(`../../../tools/verify/fixtures/${release}/${lot}.zip`, import.meta.url)));
        const record = openingRecordIn((await readArchive(source)).entries);
        await source.close();
        expect(textOf(await pdfOf(record ?? {}))).toContain('(opening-record.json)');
      }
  });

  it('carries a hundred bids over as many pages as they need', async () => {
    const bids = Array.from({ length: 100 }, (_, nth) => ({ ...(SMALL['bids'] as JsonObject[])[0], bidder: `bidder-${String(nth + 1)}` }));
    const pdf = textOf(await pdfOf({ ...SMALL, bids }));
    expect(pdf.match(/\/Type \/Page\n/g)?.length).toBeGreaterThan(10);
  });

  it('A-115 makes the same bytes of record and template for everybody, and others of another template', async () => {
    const form = { title: '开标记录', note: '', columns: [{ field: 'price', title: '报价' }] };
    const made = PROFILE.hashHex(await pdfOf({ ...SMALL, form }));
    expect(PROFILE.hashHex(await pdfOf({ form, ...SMALL }))).toBe(made);
    expect(PROFILE.hashHex(await pdfOf({ ...SMALL, form: { ...form, note: '说明' } }))).not.toBe(made);
    await expect(pdfOf({ ...SMALL, form: { ...form, columns: [{ field: 'creditCode', title: 'x' }] } })).rejects.toThrow(DocumentError);
  });

  it('refuses what is no opening record', async () => {
    await expect(pdfOf({ v: 1 })).rejects.toThrow(DocumentError);
    expect(openingRecordIn([])).toBeNull();
    expect(openingRecordIn([{ header: { type: 'opening.make-record' }, parts: {} }])).toBeNull();
  });
});
