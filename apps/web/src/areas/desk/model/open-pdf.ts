import type { ByteSource } from '@app/sealing';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { getDocument, PDFDataRangeTransport } from '../../../core/pdf.js';
import { readFault } from './read-fault.js';

/** What pdf.js asks for at a time: the size of a sealed chunk, so that a piece costs one. */
const PIECE_BYTES = 65_536;
/** What pdf.js needs beside itself, as `apps/web/pdf-files.ts` lays it into the bundle. */
const FILES = '/pdfjs';

/** A document that is read here. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  /** It carries scripts; none of them is ever run. */
  readonly hasScripts: boolean;
  /** Rejects with a {@link RequestError} when bytes of it could not be had any more; never resolves. */
  readonly failed: Promise<never>;
  readonly close: () => void;
}

/**
 * Opens a document whose bytes are had piece by piece. No script of it is run: the parts of pdf.js that run them are not in the bundle, and the page's policy
 * forbids `eval`. Rejects with a {@link RequestError}: `PDF_ENCRYPTED`, `PDF_BROKEN`, `PART_ALTERED`, or why its bytes did not come.
 */
export async function openPdf(source: ByteSource): Promise<OpenPdf> {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = (error) => {
      reject(readFault(error));
    };
  });
  failed.catch(() => undefined);
  class Pieces extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      source.read(begin, end).then((bytes) => {
        this.onDataRange(begin, bytes);
      }, fail);
    }
  }
  const range = new Pieces(source.size, new Uint8Array(0), false);
  const task = getDocument({
    range,
    rangeChunkSize: PIECE_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    useWasm: false,
    cMapUrl: `${FILES}/cmaps/`,
    standardFontDataUrl: `${FILES}/standard_fonts/`,
    wasmUrl: `${FILES}/wasm/`,
    iccUrl: `${FILES}/iccs/`,
    verbosity: 0,
  });
  const close = (): void => {
    void task.destroy().catch(() => undefined);
  };
  try {
    const document = await Promise.race([task.promise, failed]);
    const hasScripts = await Promise.race([document.hasJSActions(), failed]);
    return { document, hasScripts, failed, close };
  } catch (error) {
    close();
    throw readFault(error);
  }
}
