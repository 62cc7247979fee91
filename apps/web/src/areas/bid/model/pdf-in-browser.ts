import { getDocument, GlobalWorkerOptions, PDFDataRangeTransport } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { type PdfFacts, readPdf } from './pdf-facts.js';

GlobalWorkerOptions.workerSrc = workerUrl;

/** What is found of a file that somebody adds to a bid. Never throws. */
export const factsOfFile = (file: Blob): Promise<PdfFacts> => readPdf({ getDocument, PDFDataRangeTransport }, file);
