import type * as pdfjs from 'pdfjs-dist';
import type { PDFDocumentProxy } from 'pdfjs-dist';

const CHUNK_BYTES = 65_536;
/** Time without an answer before a file counts as unreadable. */
const STILL_MS_MAX = 30_000;

/** What this asks of pdf.js: the page's build of it, or that for Node. */
export type PdfLibrary = Pick<typeof pdfjs, 'getDocument' | 'PDFDataRangeTransport' | 'OPS'>;

/** A file that pdf.js has open. */
export interface OpenedPdf {
  readonly document: PDFDocumentProxy;
  /** Pieces of the file that it asked for so far. */
  readonly pieces: number;
  /** Waits for its work, and no longer than it shows life. */
  readonly over: <T>(work: Promise<T>) => Promise<T>;
}

/** Opens a file on this disk piece by piece: no file lies in memory as a whole. Rejects when it cannot be read. */
export async function withPdf<T>(
  { getDocument, PDFDataRangeTransport }: PdfLibrary,
  file: Blob,
  use: (opened: OpenedPdf) => Promise<T>,
): Promise<T> {
  const watch = new Watch();
  class FileRange extends PDFDataRangeTransport {
    pieces = 0;
    override requestDataRange(begin: number, end: number): void {
      this.pieces += 1;
      file
        .slice(begin, end)
        .arrayBuffer()
        .then(
          (bytes) => {
            this.onDataRange(begin, new Uint8Array(bytes));
          },
          (error: unknown) => {
            watch.fail(error);
          },
        );
    }
  }
  const range = new FileRange(file.size, new Uint8Array(0), false);
  const options = { disableAutoFetch: true, disableStream: true, rangeChunkSize: CHUNK_BYTES, verbosity: 0, fontExtraProperties: true };
  const task = getDocument({ range, ...options });
  try {
    const document = await watch.over(task.promise);
    return await use({ document, pieces: range.pieces, over: (work) => watch.over(work) });
  } finally {
    watch.end();
    await task.destroy().catch(() => undefined);
  }
}

/** Fails when nothing happens for too long, or when a piece cannot be read: pdf.js itself then never answers. */
class Watch {
  fail: (error: unknown) => void = () => undefined;
  readonly #failure = new Promise<never>((_resolve, reject) => {
    this.fail = reject;
  });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#failure.catch(() => undefined);
  }

  over<T>(work: Promise<T>): Promise<T> {
    this.end();
    this.#timer = setTimeout(() => {
      this.fail(new Error('it takes too long'));
    }, STILL_MS_MAX);
    return Promise.race([work, this.#failure]);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
