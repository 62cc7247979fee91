import { describe, expect, it } from '@jest/globals';
import { getDocument, OPS, PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { JS, pages } from '../test/pdf-files.js';
import { PDF_PAGES_MAX, type PdfFacts, readPdf } from './pdf-facts.js';

const factsOf = (content: string | Uint8Array<ArrayBuffer>): Promise<PdfFacts> =>
  readPdf({ getDocument, PDFDataRangeTransport, OPS }, new Blob([content]));

describe('what is found of a file before it is sealed', () => {
  it('counts the pages of a file that anybody can read', async () => {
    expect(await factsOf(pages(3))).toEqual({ pages: 3, fault: null, isSlow: false });
  });

  it.each([
    ['no document at all', 'UNREADABLE'],
    ['', 'UNREADABLE'],
    // A head and an end, and nothing that anybody could show between them.
    ['%PDF-1.7\nnothing\n%%EOF', 'UNREADABLE'],
    [pages(0), 'PAGES'],
  ])('refuses what is no document, and one without pages: %j', async (content, fault) => {
    expect(await factsOf(content)).toMatchObject({ fault });
  });

  it.each([0.3, 0.6, 0.95])('finds that a file was cut off after %d of it, which readers mend silently', async (share) => {
    const whole = pages(40, { spread: 2_000 });
    expect((await factsOf(whole)).fault).toBeNull();
    expect(await factsOf(whole.slice(0, whole.length * share))).toEqual({ pages: 0, fault: 'TRUNCATED', isSlow: false });
  });

  it.each([
    ['when it is opened', pages(1, { catalog: `/OpenAction ${JS}` })],
    ['by a name of the document', pages(1, { catalog: `/Names << /JavaScript << /Names [(a) ${JS}] >> >>` })],
    ['when a page is turned', pages(2, { page: `/AA << /O ${JS} >>` })],
    [
      'in a field',
      pages(1, {
        catalog: '/AcroForm << /Fields [3 0 R] >>',
        page: '/Annots [3 0 R]',
        objects: [`<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /Rect [0 0 9 9] /AA << /K ${JS} >> >>`],
      }),
    ],
  ])('finds a script that runs %s', async (_, content) => {
    expect(await factsOf(content)).toMatchObject({ fault: 'SCRIPT' });
  });

  it('finds a file inside the file, which nobody who scores would see', async () => {
    const file = '<< /Type /EmbeddedFile /Length 2 >>\nstream\nhi\nendstream';
    const catalog = '/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.exe) /EF << /F 3 0 R >> >>] >> >>';
    expect(await factsOf(pages(1, { catalog, objects: [file] }))).toMatchObject({ fault: 'SCRIPT' });
  });

  it('finds a password', async () => {
    const key = `<${'00'.repeat(32)}>`;
    const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >> /ID [<00> <00>]`;
    const locked = pages(1).replace('/Root 1 0 R', `/Root 1 0 R ${encrypt}`);
    expect(await factsOf(locked)).toMatchObject({ fault: 'ENCRYPTED' });
  });

  it('refuses 10,000 pages, and does not look at each of them', async () => {
    expect(await factsOf(pages(10_000))).toMatchObject({ pages: 10_000, fault: 'PAGES' });
    expect(PDF_PAGES_MAX).toBeLessThan(10_000);
  });

  it('says of a file whose pages lie far apart that it reads slowly over a line, and takes it', async () => {
    expect(await factsOf(pages(80, { spread: 70_000 }))).toEqual({ pages: 80, fault: null, isSlow: true });
    expect((await factsOf(pages(80))).isSlow).toBe(false);
  });
});
