import { lookAt, type PdfFacts, type PdfLook, readPdf } from '@app/bid-making';
import { getDocument, OPS, PDFDataRangeTransport } from '../../../core/pdf.js';

const LIBRARY = { getDocument, PDFDataRangeTransport, OPS };

/** What is found of a file that somebody adds to a bid. Never throws. */
export const factsOfFile = (file: Blob): Promise<PdfFacts> => readPdf(LIBRARY, file);

/** How every page of it looks. Rejects when it cannot be read. */
export const lookOfFile = (file: Blob): Promise<PdfLook> => lookAt(LIBRARY, file);
