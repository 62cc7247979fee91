import { concatBytes, equalBytes, fromUtf8, utf8 } from '@app/contracts';
import { assertContainerName, CONTAINER_FILES_MAX, ContainerError, layOut, LOCAL_SIZE, readLocal } from './container-layout.js';
import { crc32 } from './crc32.js';

/** A ZIP file with exactly one byte string per content (docs/archive-format.md §2), whole in memory: small bid packages and tests. */

/** Largest container that is packed or unpacked in memory. */
const PACKED_BYTES_MAX = 0xffff_fffe;

/** Serialises files (name → content). Throws {@link ContainerError} on a bad name or when a limit is passed. */
export function packContainer(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const { pieces, size } = layOut([...files].map(([name, content]) => ({ name, size: content.length, crc: crc32(content) })));
  if (size > PACKED_BYTES_MAX) throw new ContainerError(`larger than ${PACKED_BYTES_MAX} bytes (PACKED_BYTES_MAX)`);
  return concatBytes(...pieces.map((piece) => (piece.kind === 'bytes' ? piece.bytes : (files.get(piece.name) ?? new Uint8Array()))));
}

/** Reads a container and checks that serialising it again gives the same bytes. Contents are views of `bytes`. */
export function unpackContainer(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let offset = 0;
  for (let local = readLocal(bytes); local !== null; local = readLocal(bytes.subarray(offset))) {
    const from = offset + local.headerSize;
    if (from + local.size > bytes.length) throw new ContainerError(`file at offset ${offset} is cut off`);
    const name = readName(bytes.subarray(offset + LOCAL_SIZE, offset + LOCAL_SIZE + local.nameSize), offset);
    if (files.has(name)) throw new ContainerError(`file ${name} appears twice`);
    files.set(name, bytes.subarray(from, from + local.size));
    offset = from + local.size;
    if (files.size > CONTAINER_FILES_MAX) throw new ContainerError(`more than ${CONTAINER_FILES_MAX} files`);
  }
  const again = packContainer(files);
  if (!equalBytes(again, bytes)) throw new ContainerError(describeDifference(again, bytes, files));
  return files;
}

function readName(bytes: Uint8Array, offset: number): string {
  let name: string;
  try {
    name = fromUtf8(bytes);
  } catch {
    throw new ContainerError(`the file name at offset ${offset} is not UTF-8`);
  }
  assertContainerName(name);
  return name;
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
