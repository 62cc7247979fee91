import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const path = createRequire(import.meta.url).resolve;
const HEI = path('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const HEI_BOLD = path('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf');
const MM = 72 / 25.4;

/** What a technical part may do wrong, on its second page. */
export type Draw = (pdf: PDFKit.PDFDocument) => void;
export const POINT_PER_MM = MM;

/** A part of two pages of real text in 14 points of black 黑体 within 25 mm, as a word processor sets it, and what `draw` adds. */
export async function blindPdf(draw: Draw = () => undefined, options: PDFKit.PDFDocumentOptions = {}): Promise<Blob> {
  const pdf = new PDFDocument({ size: 'A4', margin: 25 * MM, info: { Producer: 'writer', Creator: 'writer' }, ...options });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const done = new Promise<Blob>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(Uint8Array.from(chunk)));
    pdf.on('end', () => {
      resolve(new Blob(chunks));
    });
    pdf.on('error', reject);
  });
  pdf.registerFont('hei', HEI).registerFont('bold', HEI_BOLD);
  const text = '施工总体部署：关键线路采用网络图控制，资源投入按高峰期配置，并设专人每日核对偏差。'.repeat(4);
  pdf.font('hei').fontSize(14).fillColor('black').text(text);
  pdf.addPage();
  pdf.font('hei').fontSize(14).fillColor('black').text(text);
  draw(pdf);
  pdf.end();
  return done;
}
