export { DocumentError, openingRecordIn, openingRecordPdf } from './opening-record.js';
export { dataIn } from './pdf-file.js';
export { receiptPdf } from './receipt.js';
export type { PdfSigning, SignedFile } from './pdf-signature.js';
export { attestPdf, readSigned, signerName, signPdf } from './pdf-signature.js';
