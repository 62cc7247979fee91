export { DocumentError, OPENING_RECORD_FILE, openingRecordIn, openingRecordPdf } from './opening-record.js';
export type { PdfSignature, PdfSigning, SignedFile } from './pdf-signature.js';
export { attestPdf, readSigned, signerName, signPdf } from './pdf-signature.js';
export { REASON } from './words.js';
