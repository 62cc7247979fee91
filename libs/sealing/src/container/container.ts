import { concatBytes, equalBytes, fromUtf8, utf8 } from '@app/contracts';
import { crc32 } from './crc32.js';

/** A ZIP file with exactly one byte string per content (docs/archive-format.md §2): bid packages and archives. */

export const CONTAINER_FILES_MAX = 10_000;
/** ZIP without the 64-bit extension ends here; a lot with more belongs into several blobs. */
export const CONTAINER_SIZE_BYTES_MAX = 0xffff_fffe;
const NAME = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;
export const CONTAINER_NAME_LENGTH_MAX = 200;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** 1980-01-01, the earliest date the format knows: a container carries no time of its own. */
const DATE = 0x0021;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;

/** Thrown when bytes are not the one form of any content; the message names the first offset or file that is wrong. */
export class ContainerError extends Error {
  constructor(reason: string) {
    super(`not a canonical container: ${reason}`);
    this.name = 'ContainerError';
  }
}

/** Serialises files (name → content). Throws {@link ContainerError} on a bad name or when a limit is passed. */
export function packContainer(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  if (files.size > CONTAINER_FILES_MAX) throw new ContainerError(`more than ${CONTAINER_FILES_MAX} files`);
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const name of [...files.keys()].sort()) {
    const content = files.get(name) ?? new Uint8Array();
    assertName(name);
    const label = utf8(name);
    const crc = crc32(content);
    local.push(localHeader(crc, content.length, label.length), label, content);
    central.push(centralHeader(crc, content.length, label.length, offset), label);
    offset += LOCAL_SIZE + label.length + content.length;
    if (offset > CONTAINER_SIZE_BYTES_MAX) throw new ContainerError(`larger than ${CONTAINER_SIZE_BYTES_MAX} bytes`);
  }
  const directorySize = central.reduce((sum, chunk) => sum + chunk.length, 0);
  return concatBytes(...local, ...central, endRecord(files.size, directorySize, offset));
}

/** Reads a container and checks that serialising it again gives the same bytes. Contents are views of `bytes`. */
export function unpackContainer(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Uint8Array>();
  let offset = 0;
  while (offset + LOCAL_SIZE <= bytes.length && view.getUint32(offset, true) === LOCAL) {
    const size = view.getUint32(offset + 18, true);
    const nameEnd = offset + LOCAL_SIZE + view.getUint16(offset + 26, true);
    if (nameEnd + size > bytes.length) throw new ContainerError(`file at offset ${offset} is cut off`);
    const name = readName(bytes.subarray(offset + LOCAL_SIZE, nameEnd), offset);
    if (files.has(name)) throw new ContainerError(`file ${name} appears twice`);
    files.set(name, bytes.subarray(nameEnd, nameEnd + size));
    offset = nameEnd + size;
    if (files.size > CONTAINER_FILES_MAX) throw new ContainerError(`more than ${CONTAINER_FILES_MAX} files`);
  }
  const again = packContainer(files);
  if (!equalBytes(again, bytes)) throw new ContainerError(describeDifference(again, bytes, files));
  return files;
}

function assertName(name: string): void {
  if (!NAME.test(name) || name.length > CONTAINER_NAME_LENGTH_MAX)
    throw new ContainerError(`file name ${JSON.stringify(name.slice(0, 80))}`);
}

function readName(bytes: Uint8Array, offset: number): string {
  let name: string;
  try {
    name = fromUtf8(bytes);
  } catch {
    throw new ContainerError(`the file name at offset ${offset} is not UTF-8`);
  }
  assertName(name);
  return name;
}

function localHeader(crc: number, size: number, nameLength: number): Uint8Array {
  const out = new Uint8Array(LOCAL_SIZE);
  const view = new DataView(out.buffer);
  view.setUint32(0, LOCAL, true);
  view.setUint16(4, VERSION, true);
  writeCommon(view, 6, crc, size, nameLength);
  return out;
}

function centralHeader(crc: number, size: number, nameLength: number, offset: number): Uint8Array {
  const out = new Uint8Array(CENTRAL_SIZE);
  const view = new DataView(out.buffer);
  view.setUint32(0, CENTRAL, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, VERSION, true);
  writeCommon(view, 8, crc, size, nameLength);
  view.setUint32(42, offset, true);
  return out;
}

/** The fields that both headers share, from the flags on; method and time stay 0. */
function writeCommon(view: DataView, at: number, crc: number, size: number, nameLength: number): void {
  view.setUint16(at, UTF8_NAMES, true);
  view.setUint16(at + 6, DATE, true);
  view.setUint32(at + 8, crc, true);
  view.setUint32(at + 12, size, true);
  view.setUint32(at + 16, size, true);
  view.setUint16(at + 20, nameLength, true);
}

function endRecord(count: number, directorySize: number, directoryOffset: number): Uint8Array {
  const out = new Uint8Array(END_SIZE);
  const view = new DataView(out.buffer);
  view.setUint32(0, END, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, directorySize, true);
  view.setUint32(16, directoryOffset, true);
  return out;
}

function describeDifference(expected: Uint8Array, actual: Uint8Array, files: ReadonlyMap<string, Uint8Array>): string {
  const order = [...files.keys()];
  if (order.some((name, index) => index > 0 && name < (order[index - 1] ?? ''))) return 'files are not in ascending order';
  const length = Math.min(expected.length, actual.length);
  let at = 0;
  while (at < length && expected[at] === actual[at]) at += 1;
  let offset = 0;
  for (const [name, content] of files) {
    offset += LOCAL_SIZE + utf8(name).length + content.length;
    if (at < offset) return `header or content of ${name} (offset ${at})`;
  }
  return `directory at offset ${at} (found ${actual.length} bytes, expected ${expected.length})`;
}
