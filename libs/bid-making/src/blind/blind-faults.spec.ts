import type { BlindFormat } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { getDocument, OPS, PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { blindPdf, type Draw, POINT_PER_MM } from '../../test/blind-pdf.js';
import { pageRanges } from '../page-ranges.js';
import { blindFaults } from './blind-faults.js';
import { lookAt } from './pdf-look.js';

const NONE: BlindFormat = {
  breach: 'refuse',
  paper: null,
  pagesMax: null,
  margins: null,
  fonts: [],
  sizes: [],
  isPlain: false,
  isBlack: false,
  withoutPictures: false,
  isUnnamed: false,
  withoutMetadata: false,
};
const ALL: BlindFormat = {
  ...NONE,
  paper: 'A4',
  pagesMax: 2,
  margins: { top: '25', bottom: '25', left: '25', right: '25', tolerance: '1' },
  fonts: ['hei'],
  sizes: ['14'],
  isPlain: true,
  isBlack: true,
  withoutPictures: true,
  isUnnamed: true,
  withoutMetadata: true,
};
const NAMES = ['浙江测试建设有限公司', '91330100MA27X0000K', '王建华'];
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const library = { getDocument, PDFDataRangeTransport, OPS };

async function found(format: BlindFormat, draw?: Draw, options?: PDFKit.PDFDocumentOptions) {
  const look = await lookAt(library, await blindPdf(draw, options));
  return blindFaults(format, [{ id: 'technical', look }], NAMES).map(({ code, about, pages, found: what }) => ({
    code,
    about,
    pages: pages === undefined ? '' : pageRanges(pages),
    what: what?.join(' ') ?? '',
  }));
}
const inMargin =
  (x: number, y: number): Draw =>
  (pdf) =>
    pdf.fontSize(14).text('第二页', x * POINT_PER_MM, y * POINT_PER_MM, { lineBreak: false });

describe('a blind technical part against its format', () => {
  it('keeps it: nothing is found of real pages that do', async () => {
    expect(await found(ALL)).toEqual([]);
  });

  it.each<[string, string, string, Draw]>([
    ['a line above the text (页眉)', 'BLIND_HEADER', 'top', inMargin(60, 10)],
    ['a number below it (页码)', 'BLIND_HEADER', 'bottom', inMargin(100, 280)],
    ['a note left of it', 'BLIND_MARGINS', 'left', inMargin(5, 100)],
    ['a note right of it', 'BLIND_MARGINS', 'right', inMargin(185, 100)],
    ['a line that is drawn in the margin', 'BLIND_HEADER', 'top', (pdf) => pdf.moveTo(100, 20).lineTo(400, 20).stroke('black')],
    ['another font', 'BLIND_FONT', 'Helvetica', (pdf) => pdf.font('Helvetica').fontSize(14).text('Sino')],
    ['another size', 'BLIND_SIZE', '12 pt', (pdf) => pdf.fontSize(12).text('小四')],
    ['a bold font', 'BLIND_STYLE', 'bold', (pdf) => pdf.font('bold').fontSize(14).text('粗体')],
    ['bold by an outline', 'BLIND_STYLE', 'bold', (pdf) => pdf.text('粗体', { stroke: true, fill: true })],
    ['letters that lean', 'BLIND_STYLE', 'italic', (pdf) => pdf.text('倾斜', { oblique: 15 })],
    ['red letters', 'BLIND_COLOUR', '#ff0000', (pdf) => pdf.fillColor('red').text('红字')],
    ['a blue line', 'BLIND_COLOUR', '#0000ff', (pdf) => pdf.moveTo(200, 400).lineTo(300, 400).stroke('blue')],
    ['a picture', 'BLIND_PICTURE', '× 1', (pdf) => pdf.image(DOT, 200, 400, { width: 50 })],
    ['white letters', 'BLIND_HIDDEN', '—', (pdf) => pdf.fillColor('white').text('暗记')],
    ['the name of the bidder', 'BLIND_NAME', NAMES[0] ?? '', (pdf) => pdf.text('由浙江测试建设 有限公司负责实施')],
    ['the name over the end of a line', 'BLIND_NAME', NAMES[0] ?? '', (pdf) => pdf.text('由浙江测试建\n设有限公司负责实施')],
    ['the name of the lead', 'BLIND_NAME', '王建华', (pdf) => pdf.text('项目负责人王建华')],
    ['the credit code', 'BLIND_NAME', NAMES[1] ?? '', (pdf) => pdf.text('代码91330100MA27X0000K')],
    ['a mobile number', 'BLIND_NAME', '13800138000', (pdf) => pdf.text('联系13800138000')],
    ['a telephone number', 'BLIND_NAME', '0571-87654321', (pdf) => pdf.text('电话0571-87654321')],
    ['an e-mail address', 'BLIND_NAME', 'bid@example.cn', (pdf) => pdf.text('邮箱bid@example.cn')],
  ])('says of %s what it is, on which page', async (_what, code, what, draw) => {
    expect(await found(ALL, draw)).toContainEqual({ code, about: 'technical', pages: '2', what: expect.stringContaining(what) });
  });

  it('says that there are too many pages, that a page holds no text, and that the paper is another one', async () => {
    expect(await found(ALL, (pdf) => pdf.addPage().text('第三页'))).toEqual([
      { code: 'BLIND_LENGTH', about: '', pages: '', what: '3 > 2' },
    ]);
    expect(await found({ ...ALL, pagesMax: 9 }, (pdf) => pdf.addPage())).toEqual([
      { code: 'BLIND_NO_TEXT', about: 'technical', pages: '3', what: '—' },
    ]);
    expect(await found({ ...NONE, paper: 'A4' }, undefined, { size: 'LETTER' })).toMatchObject([
      { code: 'BLIND_PAPER', pages: '1–2', what: '216 × 279' },
    ]);
    expect(await found({ ...NONE, paper: 'A4' }, undefined, { layout: 'landscape' })).toMatchObject([{ code: 'BLIND_PAPER' }]);
  });

  it.each([
    [{ Author: '张三' }, 'Author: 张三'],
    [{ Company: '某建设公司' }, 'Company: 某建设公司'],
    [{ Title: '浙江测试建设有限公司技术标' }, 'Title: 浙江测试建设有限公司技术标'],
  ])('says of the properties %j who made the file', async (info, what) => {
    expect(await found(ALL, undefined, { info: info as PDFKit.DocumentInfo })).toEqual([
      { code: 'BLIND_METADATA', about: 'technical', pages: '', what },
    ]);
  });

  it('asks for nothing that the format does not ask for', async () => {
    const everything: Draw = (pdf) => {
      pdf.font('bold').fontSize(30).fillColor('red').text('浙江测试建设有限公司 13800138000', 5, 5).image(DOT, 10, 10);
    };
    expect(await found(NONE, everything, { info: { Author: '张三' } })).toEqual([]);
  });

  it('takes what word processors make of 14 points and 10.5, and no size beside them', async () => {
    const sized = (size: number) => found({ ...NONE, sizes: ['14', '10.5'] }, (pdf) => pdf.fontSize(size).text('字'));
    for (const size of [14.04, 10.56]) expect(await sized(size)).toEqual([]);
    for (const size of [14.5, 12, 10]) expect(await sized(size)).toMatchObject([{ code: 'BLIND_SIZE' }]);
  });

  it('tells only, where the format says so; what nobody has looked at yet is not sealed', async () => {
    const look = await lookAt(library, await blindPdf((pdf) => pdf.fontSize(12).text('小四')));
    const faults = blindFaults(
      { ...ALL, breach: 'warn' },
      [
        { id: 'a', look },
        { id: 'b', look: null },
      ],
      NAMES,
    );
    expect(faults.map(({ code, about, isHard }) => [code, about, isHard])).toEqual([
      ['BLIND_UNREAD', 'b', true],
      ['BLIND_SIZE', 'a', false],
    ]);
  });
});
