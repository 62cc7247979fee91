/**
 * A page of consecutive entries on the wire between venues and on a site's disk: lengths in front, no text form, so that a
 * replica hashes the bytes it got. Layout, integers big-endian:
 *
 *   "GPV1" | u16 n, origin | u32 from | u32 count
 *   headers: u32 bytes | count × (u32 n, canonical header)
 *   open:    u32 bytes | n × (u32 entry, u8 n, name, u32 n, salt (32) ‖ text)
 *   hidden:  u32 bytes | n × (u32 entry, u8 n, name, u32 n, ciphertext)
 *
 * `entry` counts from the page's first entry; records stand in order of entry. A part in neither list was erased.
 */
const MAGIC = 0x47505631;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A page that breaks its own form: cut short, lengths that do not fit, foreign bytes. */
export class PageFormatError extends Error {
  constructor(reason: string) {
    super(`not a page of entries: ${reason}`);
    this.name = 'PageFormatError';
  }
}

/** The three lists stay as bytes: a reader walks them, a store keeps them. */
export interface Page {
  readonly origin: string;
  readonly from: number;
  readonly count: number;
  readonly headers: Uint8Array;
  readonly open: Uint8Array;
  readonly hidden: Uint8Array;
}

/** One part of a list: `body` is `salt ‖ text` or ciphertext, a view into the page. */
export interface PagePart {
  readonly entry: number;
  readonly name: string;
  readonly body: Uint8Array;
}

export function decodePage(bytes: Uint8Array): Page {
  const reader = new Cursor(bytes);
  if (reader.u32() !== MAGIC) throw new PageFormatError('wrong first bytes');
  const origin = decoder.decode(reader.take(reader.u16()));
  const from = reader.u32();
  const count = reader.u32();
  const headers = reader.take(reader.u32());
  const open = reader.take(reader.u32());
  const hidden = reader.take(reader.u32());
  if (!reader.atEnd) throw new PageFormatError('bytes after the end');
  return { origin, from, count, headers, open, hidden };
}

export function encodePage(page: Page): Uint8Array {
  const origin = encoder.encode(page.origin);
  const writer = new ByteWriter(origin.length + page.headers.length + page.open.length + page.hidden.length + 30);
  writer.u32(MAGIC);
  writer.u16(origin.length);
  writer.bytes(origin);
  writer.u32(page.from);
  writer.u32(page.count);
  for (const list of [page.headers, page.open, page.hidden]) {
    writer.u32(list.length);
    writer.bytes(list);
  }
  return writer.done();
}

/** The page's headers, each a view into it. Throws when there are not exactly `count`. */
export function pageHeaders(page: Page): Uint8Array[] {
  const reader = new Cursor(page.headers);
  const headers: Uint8Array[] = [];
  while (!reader.atEnd) headers.push(reader.take(reader.u32()));
  if (headers.length !== page.count) throw new PageFormatError('another number of headers than it says');
  return headers;
}

/** Walks a list of parts in order of entry. */
export class PartCursor {
  readonly #reader: Cursor;
  readonly #count: number;
  #last = 0;
  constructor(list: Uint8Array, count: number) {
    this.#reader = new Cursor(list);
    this.#count = count;
  }

  next(): PagePart | null {
    if (this.#reader.atEnd) return null;
    const entry = this.#reader.u32();
    if (entry < this.#last || entry >= this.#count) throw new PageFormatError('parts out of order');
    this.#last = entry;
    const name = ascii(this.#reader.take(this.#reader.u8()));
    return { entry, name, body: this.#reader.take(this.#reader.u32()) };
  }
}

export function* pageParts(list: Uint8Array, count: number): Generator<PagePart> {
  const cursor = new PartCursor(list, count);
  for (let part = cursor.next(); part !== null; part = cursor.next()) yield part;
}

/** Makes a page entry by entry. */
export class PageBuilder {
  readonly #headers: ByteWriter;
  readonly #open: ByteWriter;
  readonly #hidden = new ByteWriter(1_024);
  #count = 0;
  /** `expected`: about how many bytes will come; more may. */
  constructor(
    readonly origin: string,
    readonly from: number,
    expected: { readonly headers: number; readonly open: number } = { headers: 4_096, open: 4_096 },
  ) {
    this.#headers = new ByteWriter(expected.headers);
    this.#open = new ByteWriter(expected.open);
  }

  get count(): number {
    return this.#count;
  }
  get sizeBytes(): number {
    return this.#headers.length + this.#open.length + this.#hidden.length;
  }

  /** Begins the next entry; its parts follow. */
  header(text: string): void {
    this.#count += 1;
    this.#headers.sized(text);
  }
  open(name: string, salt: Uint8Array, text: string): void {
    this.#name(this.#open, name);
    this.#open.sized(text, salt);
  }
  openBody(name: string, body: Uint8Array): void {
    this.#name(this.#open, name);
    this.#open.u32(body.length);
    this.#open.bytes(body);
  }
  hidden(name: string, ciphertext: Uint8Array): void {
    this.#name(this.#hidden, name);
    this.#hidden.u32(ciphertext.length);
    this.#hidden.bytes(ciphertext);
  }
  page(): Page {
    return {
      origin: this.origin,
      from: this.from,
      count: this.#count,
      headers: this.#headers.done(),
      open: this.#open.done(),
      hidden: this.#hidden.done(),
    };
  }

  #name(list: ByteWriter, name: string): void {
    list.u32(this.#count - 1);
    list.u8(name.length);
    list.ascii(name);
  }
}

function ascii(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

class Cursor {
  readonly #view: DataView;
  #at = 0;
  constructor(private readonly source: Uint8Array) {
    this.#view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  }
  get atEnd(): boolean {
    return this.#at === this.source.length;
  }
  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }
  u16(): number {
    return this.#view.getUint16(this.#step(2));
  }
  u32(): number {
    return this.#view.getUint32(this.#step(4));
  }
  take(size: number): Uint8Array {
    const at = this.#step(size);
    return this.source.subarray(at, at + size);
  }
  #step(size: number): number {
    const at = this.#at;
    if (at + size > this.source.length) throw new PageFormatError('cut short');
    this.#at = at + size;
    return at;
  }
}

/** A growing byte string. Text goes in without a copy of its own. */
class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;
  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }
  get length(): number {
    return this.#at;
  }
  u8(value: number): void {
    this.#need(1);
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
  }
  u16(value: number): void {
    this.#need(2);
    this.#view.setUint16(this.#at, value);
    this.#at += 2;
  }
  u32(value: number): void {
    this.#need(4);
    this.#view.setUint32(this.#at, value);
    this.#at += 4;
  }
  bytes(value: Uint8Array): void {
    this.#need(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }
  ascii(text: string): void {
    this.#need(text.length);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7e || code < 0x21) throw new PageFormatError('a part name that is not plain ASCII');
      this.#bytes[this.#at + index] = code;
    }
    this.#at += text.length;
  }
  /** u32 length, `head`, UTF-8 of `text`. */
  sized(text: string, head?: Uint8Array): void {
    const headSize = head?.length ?? 0;
    this.#need(4 + headSize + text.length * 3);
    const start = this.#at;
    this.#at += 4;
    if (head !== undefined) this.bytes(head);
    const { read, written } = encoder.encodeInto(text, this.#bytes.subarray(this.#at));
    if (read !== text.length) throw new PageFormatError('text that did not fit');
    this.#at += written;
    this.#view.setUint32(start, headSize + written);
  }
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }
  #need(size: number): void {
    if (this.#at + size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + size));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
