import { getDocument, GlobalWorkerOptions, OPS, PDFDataRangeTransport } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** pdf.js with its worker from this venue. Large: whoever needs it imports this when it is needed. */
GlobalWorkerOptions.workerSrc = workerUrl;
export { getDocument, OPS, PDFDataRangeTransport };
