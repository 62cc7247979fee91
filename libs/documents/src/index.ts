export { DocumentError, OPENING_RECORD_FILE, openingRecordIn, openingRecordPdf } from './opening-record.js';
export type { PdfSignature, PdfSigning } from './pdf-signature.js';
export { signaturesOf, signPdf } from './pdf-signature.js';
