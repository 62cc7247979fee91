import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type OpenedPdf, type PdfLibrary, withPdf } from './pdf-file.js';

/** Pages of one file at most: nobody reads more, and a list of pages can be made to never end. */
export const PDF_PAGES_MAX = 5_000;
/** A file that asks for more pieces than this, and for nearly one a page, before its first page is shown reads slowly over a line. */
const SLOW_PIECES_MIN = 60;
/** Pages that are looked at side by side. */
const PAGES_AT_ONCE = 32;
/** A reader looks for the head and the end of a file within so many bytes (ISO 32000-1, annex H). */
const MARK_BYTES = 1_024;

type PdfFault = 'UNREADABLE' | 'TRUNCATED' | 'ENCRYPTED' | 'SCRIPT' | 'PAGES';

/** What was found of a file when it was added. */
export interface PdfFacts {
  readonly pages: number;
  /** Null: nothing that would keep it from being read. */
  readonly fault: PdfFault | null;
  /** It can be read, and every reader in another city would wait for each of its pages. */
  readonly isSlow: boolean;
}

/** Opens a file as a member's reader will, and says what would keep it from being read. Never throws. */
export async function readPdf(library: PdfLibrary, file: Blob): Promise<PdfFacts> {
  const marks = await marksOf(file);
  if (!marks.begins) return failed('UNREADABLE');
  // Readers rebuild half a file silently, without the pages that are missing.
  if (!marks.ends) return failed('TRUNCATED');
  try {
    return await withPdf(library, file, async (opened) => {
      const { numPages: pages } = opened.document;
      const isSlow = opened.pieces > SLOW_PIECES_MIN && opened.pieces > pages / 2;
      if (pages < 1 || pages > PDF_PAGES_MAX) return { pages, fault: 'PAGES', isSlow };
      return { pages, fault: (await isActive(opened)) ? 'SCRIPT' : null, isSlow };
    });
  } catch (error) {
    return failed(error instanceof Error && error.name === 'PasswordException' ? 'ENCRYPTED' : 'UNREADABLE');
  }
}

const failed = (fault: PdfFault): PdfFacts => ({ pages: 0, fault, isSlow: false });

async function marksOf(file: Blob): Promise<{ begins: boolean; ends: boolean }> {
  const text = async (part: Blob): Promise<string> => new TextDecoder('latin1').decode(await part.arrayBuffer());
  try {
    return {
      begins: (await text(file.slice(0, MARK_BYTES))).includes('%PDF-'),
      ends: (await text(file.slice(-MARK_BYTES))).includes('%%EOF'),
    };
  } catch {
    // Moved or changed since it was chosen.
    return { begins: false, ends: false };
  }
}

/** Whether it does anything by itself: scripts of the document, of a page or of a field; or carries files that nobody who scores sees. */
async function isActive({ document, over }: OpenedPdf): Promise<boolean> {
  const [actions, hasScripts, attachments] = await over(
    Promise.all([document.getJSActions(), document.hasJSActions(), document.getAttachments() as Promise<unknown>]),
  );
  if (hasScripts || hasAny(actions) || hasAny(attachments)) return true;
  for (let first = 1; first <= document.numPages; first += PAGES_AT_ONCE) {
    const count = Math.min(PAGES_AT_ONCE, document.numPages - first + 1);
    const found = await over(Promise.all(Array.from({ length: count }, (_, index) => isActivePage(document, first + index))));
    if (found.includes(true)) return true;
  }
  return false;
}

async function isActivePage(document: PDFDocumentProxy, number: number): Promise<boolean> {
  const page: PDFPageProxy = await document.getPage(number);
  const [actions, annotations] = await Promise.all([page.getJSActions(), page.getAnnotations()]);
  page.cleanup();
  return hasAny(actions) || annotations.some((one: { actions?: unknown }) => hasAny(one.actions));
}

/** pdf.js gives what it found as a record or a map, and nothing at all as null. */
function hasAny(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false;
  return 'size' in found && typeof found.size === 'number' ? found.size > 0 : Object.keys(found).length > 0;
}
