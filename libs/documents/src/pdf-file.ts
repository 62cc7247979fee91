import { type JsonValue, parseCanonicalBytes } from '@app/contracts';

/**
 * The little that must be known of a PDF file (ISO 32000-1 §7.5) to append to it: for the files that this library itself makes, with a cross-reference
 * table and dictionaries in the open. Others are not read.
 */
export interface PdfFile {
  readonly bytes: Uint8Array;
  /** Number of the catalog's object. */
  readonly root: number;
  /** One more than the highest number of an object. */
  readonly size: number;
  /** Members of the trailer that an update repeats. */
  readonly kept: string;
  readonly lastXref: number;
  /** What stands between `obj` and `endobj`; only of objects without a stream. */
  readonly object: (number: number) => string;
}

/** Thrown on a file that is not one of this library. */
export class PdfError extends Error {
  constructor(reason: string) {
    super(`not a PDF of this form: ${reason}`);
    this.name = 'PdfError';
  }
}

const LATIN1_CHUNK = 8_192;

/** One character per byte, whatever it is. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += LATIN1_CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + LATIN1_CHUNK));
  return text;
}
export const fromLatin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

export function readPdf(bytes: Uint8Array): PdfFile {
  const text = latin1(bytes);
  const lastXref = numberIn(/startxref\s+(\d+)\s+%%EOF\s*$/, text, 'startxref');
  const offsets = new Map<number, number>();
  let newest = '';
  for (let at: number | null = lastXref; at !== null;) {
    const trailerAt = text.indexOf('trailer', at);
    const trailer = text.slice(trailerAt, text.indexOf('startxref', trailerAt));
    if (!text.startsWith('xref', at) || trailerAt < 0) throw new PdfError('cross-reference table');
    readSections(text.slice(at + 'xref'.length, trailerAt), offsets);
    newest ||= trailer;
    const before = /\/Prev (\d+)/.exec(trailer)?.[1];
    // Backwards only: a table that names itself would be read for ever.
    at = before !== undefined && Number(before) < at ? Number(before) : null;
  }
  return {
    bytes,
    root: numberIn(/\/Root (\d+) 0 R/, newest, 'root'),
    size: numberIn(/\/Size (\d+)/, newest, 'size'),
    kept: [/\/Info \d+ 0 R/, /\/ID \[[^\]]*\]/].map((member) => member.exec(newest)?.[0] ?? '').join(' '),
    lastXref,
    object: (number) => {
      const at = offsets.get(number);
      const head = `${String(number)} 0 obj`;
      if (at === undefined || !text.startsWith(head, at)) throw new PdfError(`object ${String(number)}`);
      return text.slice(at + head.length, text.indexOf('endobj', at)).trim();
    },
  };
}

export function numberIn(pattern: RegExp, text: string, what: string): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new PdfError(what);
  return Number(found);
}

/** `first count` and as many lines of 20 bytes, again and again; what is known already is newer. */
function readSections(table: string, offsets: Map<number, number>): void {
  const lines = table.trim().split(/\s*\n/);
  for (let line = 0; line < lines.length;) {
    const [first = 0, count = 0] = (lines[line] ?? '').split(' ').map(Number);
    for (let nth = 0; nth < count; nth += 1) {
      const [offset = '', , use] = (lines[line + 1 + nth] ?? '').split(' ');
      if (use === 'n' && !offsets.has(first + nth)) offsets.set(first + nth, Number(offset));
    }
    line += 1 + count;
  }
}

/** Appends an incremental update (ISO 32000-1 §7.5.6): not one byte before it changes. `objects`: bodies by number; `size`: as {@link PdfFile.size}. */
export function appendUpdate(file: PdfFile, objects: ReadonlyMap<number, string>, size: number): Uint8Array {
  const offset = file.bytes.length;
  const numbers = [...objects.keys()].sort((a, b) => a - b);
  let body = '';
  let table = '';
  for (const number of numbers) {
    table += `${String(number)} 1\n${String(offset + body.length).padStart(10, '0')} 00000 n \n`;
    body += `${String(number)} 0 obj\n${objects.get(number) ?? ''}\nendobj\n`;
  }
  const trailer = `<< /Size ${String(size)} /Root ${String(file.root)} 0 R ${file.kept} /Prev ${String(file.lastXref)} >>`;
  const end = `xref\n${table}trailer\n${trailer}\nstartxref\n${String(offset + body.length)}\n%%EOF\n`;
  const appended = fromLatin1(body + end);
  const out = new Uint8Array(offset + appended.length);
  out.set(file.bytes);
  out.set(appended, offset);
  return out;
}

/** The data that a document of this library was made from: its attachment, canonical JSON; null where there is none. */
export function dataIn(bytes: Uint8Array): JsonValue {
  const head = /\/Type \/EmbeddedFile\n[^]*?\/Length (\d+)\n>>\nstream\n/.exec(latin1(bytes));
  if (head === null) return null;
  const start = head.index + head[0].length;
  try {
    return parseCanonicalBytes(bytes.subarray(start, start + Number(head[1])));
  } catch {
    return null;
  }
}
