import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** A4 documents in Simplified Chinese: what a bidder would really put into a package. Text is real text, so it can be searched and compared. */

const font = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const INK = '#1f2933';
const RULE = '#9aa5b1';
const ROW_HEIGHT = 20;

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'table'; readonly widths: readonly number[]; readonly rows: readonly (readonly string[])[] };

/** Renders a document. `at` is printed and set as the creation date, so that the same input gives the same bytes. */
export async function renderPdf(title: string, author: string, at: string, blocks: readonly Block[]): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    info: { Title: title, Author: author, CreationDate: new Date(at), ModDate: new Date(at) },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => {
      resolve(Uint8Array.from(Buffer.concat(chunks)));
    });
    pdf.on('error', reject);
  });
  pdf.registerFont('han', font).font('han').fillColor(INK);
  pdf.fontSize(18).text(title, { align: 'center' }).moveDown(0.4);
  pdf
    .fontSize(9)
    .fillColor(RULE)
    .text(`${author}　${at.slice(0, 10)}`, { align: 'center' })
    .fillColor(INK)
    .moveDown(1.2);
  for (const block of blocks) draw(pdf, block);
  pdf.end();
  return done;
}

function draw(pdf: PDFKit.PDFDocument, block: Block): void {
  switch (block.kind) {
    case 'heading':
      pdf.moveDown(0.5).fontSize(13).text(block.text).moveDown(0.3);
      return;
    case 'paragraph':
      pdf.fontSize(10.5).text(block.text, { align: 'justify', lineGap: 4, indent: 21 }).moveDown(0.4);
      return;
    case 'table':
      drawTable(pdf, block.widths, block.rows);
  }
}

/** Rows are drawn by hand: pdfkit's own table lays out CJK text some sixty times slower. */
function drawTable(pdf: PDFKit.PDFDocument, widths: readonly number[], rows: readonly (readonly string[])[]): void {
  const left = pdf.page.margins.left;
  for (const row of rows) {
    if (pdf.y + ROW_HEIGHT > pdf.page.height - pdf.page.margins.bottom) pdf.addPage().font('han').fillColor(INK);
    const top = pdf.y;
    let x = left;
    row.forEach((cell, column) => {
      const width = widths[column] ?? 60;
      pdf.lineWidth(0.5).strokeColor(RULE).rect(x, top, width, ROW_HEIGHT).stroke();
      pdf.fontSize(9).text(cell, x + 4, top + 5, { width: width - 8, height: ROW_HEIGHT, lineBreak: false, ellipsis: true });
      x += width;
    });
    pdf.x = left;
    pdf.y = top + ROW_HEIGHT;
  }
  pdf.moveDown(0.8);
}
