import type { PdfFacts } from '@app/bid-making';

/** What other areas may use of bid making: the hash of a sealed bid that is kept here, and what a reader will find of a PDF. */
export { sealedHashOf } from './model/kept-bid.js';
export type { PdfFacts } from '@app/bid-making';
/** Never throws. The reader of PDFs is large, so it comes when a file does. */
export async function factsOfPdf(file: Blob): Promise<PdfFacts> {
  const { factsOfFile } = await import('./model/pdf-in-browser.js');
  return factsOfFile(file);
}
