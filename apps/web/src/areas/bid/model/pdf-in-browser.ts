import { lookAt, type PdfFacts, type PdfLook, readPdf } from '@app/bid-making';
import { getDocument, GlobalWorkerOptions, OPS, PDFDataRangeTransport } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;
const LIBRARY = { getDocument, PDFDataRangeTransport, OPS };

/** What is found of a file that somebody adds to a bid. Never throws. */
export const factsOfFile = (file: Blob): Promise<PdfFacts> => readPdf(LIBRARY, file);

/** How every page of it looks. Rejects when it cannot be read. */
export const lookOfFile = (file: Blob): Promise<PdfLook> => lookAt(LIBRARY, file);
