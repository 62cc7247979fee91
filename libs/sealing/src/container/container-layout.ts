import { fromUtf8, utf8 } from '@app/contracts';

/** The one form of a container, said without its contents: what stands before, between and after the files (docs/archive-format.md §2). */

export const CONTAINER_FILES_MAX = 10_000;
/** Far beyond any lot, and exact as a number. */
const CONTAINER_SIZE_BYTES_MAX = 2 ** 46;
const CONTAINER_NAME_LENGTH_MAX = 200;
const NAME = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const EXTRA_64 = 0x0001;
const VERSION = 20;
const VERSION_64 = 45;
const UTF8_NAMES = 0x0800;
/** 1980-01-01, the earliest date the format knows: a container carries no time of its own. */
const DATE = 0x0021;
export const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const END_64_SIZE = 56;
const LOCATOR_64_SIZE = 20;
/** What a field of four bytes holds at most; a larger value stands in the 64-bit extension, and this mark in its place. */
const FIELD_MAX = 0xffff_fffe;
const MARK_64 = 0xffff_ffff;

/** Thrown when bytes are not the one form of any content; the message names the first offset or file that is wrong. */
export class ContainerError extends Error {
  constructor(reason: string) {
    super(`not a canonical container: ${reason}`);
    this.name = 'ContainerError';
  }
}

export interface ContainerFile {
  readonly name: string;
  readonly size: number;
  /** CRC-32 of the content. */
  readonly crc: number;
}

/** What stands one after the other in a container: bytes that follow from the list of files, or the content of a file. */
export type ContainerPiece =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly name: string; readonly size: number };

export interface ContainerLayout {
  readonly size: number;
  /** From offset 0 on, without gaps. */
  readonly pieces: readonly ContainerPiece[];
}

/** The container of these files. Throws {@link ContainerError} on a bad or repeated name or when a limit is passed. */
export function layOut(files: readonly ContainerFile[]): ContainerLayout {
  if (files.length > CONTAINER_FILES_MAX) throw new ContainerError(`more than ${CONTAINER_FILES_MAX} files`);
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const pieces: ContainerPiece[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  sorted.forEach((file, index) => {
    assertContainerName(file.name);
    if (sorted[index - 1]?.name === file.name) throw new ContainerError(`file ${file.name} appears twice`);
    const local = localHeader(file);
    pieces.push({ kind: 'bytes', bytes: local }, { kind: 'file', name: file.name, size: file.size });
    central.push(centralHeader(file, offset));
    offset += local.length + file.size;
    if (offset > CONTAINER_SIZE_BYTES_MAX) throw new ContainerError(`larger than ${CONTAINER_SIZE_BYTES_MAX} bytes`);
  });
  const directorySize = central.reduce((sum, header) => sum + header.length, 0);
  const end = endRecords(files.length, directorySize, offset);
  for (const bytes of [...central, end]) pieces.push({ kind: 'bytes', bytes });
  return { size: offset + directorySize + end.length, pieces };
}

function assertContainerName(name: string): void {
  if (!NAME.test(name) || name.length > CONTAINER_NAME_LENGTH_MAX)
    throw new ContainerError(`file name ${JSON.stringify(name.slice(0, 80))}`);
}

/** Enough for a local header with the longest name and the 64-bit extension. */
export const LOCAL_BYTES_MAX = LOCAL_SIZE + CONTAINER_NAME_LENGTH_MAX + 20;

/**
 * The file whose local header begins `bytes`, of which {@link LOCAL_BYTES_MAX} are enough; null when no local header stands there. Throws
 * {@link ContainerError} on a bad name.
 */
export function readLocal(bytes: Uint8Array): (ContainerFile & { readonly headerSize: number }) | null {
  if (bytes.length < LOCAL_SIZE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== LOCAL) return null;
  const extraAt = LOCAL_SIZE + view.getUint16(26, true);
  const extraSize = view.getUint16(28, true);
  const field = view.getUint32(18, true);
  if (field === MARK_64 && (extraSize !== 20 || bytes.length < extraAt + extraSize)) throw new ContainerError('a 64-bit size is missing');
  const size = field === MARK_64 ? Number(view.getBigUint64(extraAt + 4, true)) : field;
  return { name: readName(bytes.subarray(LOCAL_SIZE, extraAt)), size, crc: view.getUint32(14, true), headerSize: extraAt + extraSize };
}

/** As much of a container's end as {@link readEnd} needs. */
export const END_BYTES = END_SIZE;

/** Where the directory stands, from the last {@link END_BYTES}; null when they are no end, or one whose numbers need 64 bits. */
export function readEnd(bytes: Uint8Array): { readonly count: number; readonly offset: number; readonly size: number } | null {
  if (bytes.length !== END_SIZE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [size, offset] = [view.getUint32(12, true), view.getUint32(16, true)];
  if (view.getUint32(0, true) !== END || size === MARK_64 || offset === MARK_64) return null;
  return { count: view.getUint16(10, true), offset, size };
}

/** What the directory says: each file and where its local header begins. Null when it is no directory, or one with 64-bit numbers. */
export function readDirectory(bytes: Uint8Array, count: number): (ContainerFile & { readonly localAt: number })[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files: (ContainerFile & { readonly localAt: number })[] = [];
  let at = 0;
  while (files.length < count) {
    if (at + CENTRAL_SIZE > bytes.length || view.getUint32(at, true) !== CENTRAL) return null;
    const [crc, size, localAt] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    const end = at + CENTRAL_SIZE + view.getUint16(at + 28, true);
    if (size === MARK_64 || localAt === MARK_64 || view.getUint16(at + 30, true) !== 0 || end > bytes.length) return null;
    files.push({ name: readName(bytes.subarray(at + CENTRAL_SIZE, end)), size, crc, localAt });
    at = end;
  }
  return at === bytes.length ? files : null;
}

/** Bytes of the local header of a file whose numbers need no 64 bits. */
export const localSize = (name: string): number => LOCAL_SIZE + utf8(name).length;

function readName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = fromUtf8(bytes);
  } catch {
    throw new ContainerError('a file name is not UTF-8');
  }
  assertContainerName(name);
  return name;
}

function localHeader({ name, size, crc }: ContainerFile): Uint8Array {
  const extra = size > FIELD_MAX ? [size, size] : [];
  const { out, view } = header(LOCAL_SIZE, name, extra);
  view.setUint32(0, LOCAL, true);
  writeCommon(view, 4, { crc, size, nameSize: out.length - LOCAL_SIZE - extraSize(extra), extra });
  return out;
}

function centralHeader({ name, size, crc }: ContainerFile, offset: number): Uint8Array {
  const extra = [...(size > FIELD_MAX ? [size, size] : []), ...(offset > FIELD_MAX ? [offset] : [])];
  const { out, view } = header(CENTRAL_SIZE, name, extra);
  view.setUint32(0, CENTRAL, true);
  view.setUint16(4, extra.length > 0 ? VERSION_64 : VERSION, true);
  writeCommon(view, 6, { crc, size, nameSize: out.length - CENTRAL_SIZE - extraSize(extra), extra });
  view.setUint32(42, field(offset), true);
  return out;
}

const extraSize = (extra: readonly number[]): number => (extra.length === 0 ? 0 : 4 + 8 * extra.length);
const field = (value: number): number => (value > FIELD_MAX ? MARK_64 : value);

/** An empty header with its name, and the extension of 64-bit values behind it where there are any. */
function header(size: number, name: string, extra: readonly number[]): { out: Uint8Array; view: DataView } {
  const label = utf8(name);
  const out = new Uint8Array(size + label.length + extraSize(extra));
  const view = new DataView(out.buffer);
  out.set(label, size);
  if (extra.length > 0) {
    const at = size + label.length;
    view.setUint16(at, EXTRA_64, true);
    view.setUint16(at + 2, 8 * extra.length, true);
    extra.forEach((value, index) => {
      view.setBigUint64(at + 4 + 8 * index, BigInt(value), true);
    });
  }
  return { out, view };
}

/** The fields that both headers share, from the version needed on; method and time stay 0. */
function writeCommon(
  view: DataView,
  at: number,
  { crc, size, nameSize, extra }: { crc: number; size: number; nameSize: number; extra: readonly number[] },
): void {
  view.setUint16(at, extra.length > 0 ? VERSION_64 : VERSION, true);
  view.setUint16(at + 2, UTF8_NAMES, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, field(size), true);
  view.setUint32(at + 18, field(size), true);
  view.setUint16(at + 22, nameSize, true);
  view.setUint16(at + 24, extraSize(extra), true);
}

function endRecords(count: number, directorySize: number, directoryOffset: number): Uint8Array {
  const is64 = directorySize > FIELD_MAX || directoryOffset > FIELD_MAX;
  const at = is64 ? END_64_SIZE + LOCATOR_64_SIZE : 0;
  const out = new Uint8Array(at + END_SIZE);
  const view = new DataView(out.buffer);
  if (is64) {
    view.setUint32(0, END_64, true);
    view.setBigUint64(4, BigInt(END_64_SIZE - 12), true);
    view.setUint16(12, VERSION_64, true);
    view.setUint16(14, VERSION_64, true);
    [count, count, directorySize, directoryOffset].forEach((value, index) => {
      view.setBigUint64(24 + 8 * index, BigInt(value), true);
    });
    view.setUint32(END_64_SIZE, LOCATOR_64, true);
    view.setBigUint64(END_64_SIZE + 8, BigInt(directoryOffset + directorySize), true);
    view.setUint32(END_64_SIZE + 16, 1, true);
  }
  view.setUint32(at, END, true);
  view.setUint16(at + 8, count, true);
  view.setUint16(at + 10, count, true);
  view.setUint32(at + 12, field(directorySize), true);
  view.setUint32(at + 16, field(directoryOffset), true);
  return out;
}
