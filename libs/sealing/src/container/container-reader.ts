import { equalBytes } from '@app/contracts';
import type { ByteSource } from './byte-source.js';
import type { ContainerFile } from './container-layout.js';
import {
  CONTAINER_FILES_MAX,
  ContainerError,
  END_BYTES,
  layOut,
  LOCAL_BYTES_MAX,
  localSize,
  readDirectory,
  readEnd,
  readLocal,
} from './container-layout.js';

export interface PlacedFile extends ContainerFile {
  /** Where its content begins. */
  readonly offset: number;
}

/**
 * The files of a container, in order, without reading their contents: every byte that is not content is compared with the one form that
 * these names, sizes and checksums have. That a content has its checksum is for whoever reads it. Throws {@link ContainerError}.
 */
export async function readContainer(source: ByteSource): Promise<PlacedFile[]> {
  const files: PlacedFile[] = [];
  let offset = 0;
  for (;;) {
    const bytes = await source.read(offset, Math.min(source.size, offset + LOCAL_BYTES_MAX));
    const local = readLocal(bytes);
    if (local === null) break;
    const from = offset + local.headerSize;
    if (from + local.size > source.size) throw new ContainerError(`file at offset ${offset} is cut off`);
    files.push({ name: local.name, size: local.size, crc: local.crc, offset: from });
    offset = from + local.size;
    if (files.length > CONTAINER_FILES_MAX) throw new ContainerError(`more than ${CONTAINER_FILES_MAX} files`);
  }
  await compare(source, files);
  return files;
}

/**
 * The same files from the directory at the end alone: two reads, however many files there are. For a container that somebody compared before,
 * as {@link readContainer} does; one with 64-bit numbers is read by that. Throws {@link ContainerError}.
 */
export async function placedFiles(source: ByteSource): Promise<PlacedFile[]> {
  const end = source.size < END_BYTES ? null : readEnd(await source.read(source.size - END_BYTES, source.size));
  if (end === null || end.offset + end.size + END_BYTES !== source.size) return readContainer(source);
  const files = readDirectory(await source.read(end.offset, end.offset + end.size), end.count);
  if (files === null) return readContainer(source);
  return files.map(({ name, size, crc, localAt }) => ({ name, size, crc, offset: localAt + localSize(name) }));
}

async function compare(source: ByteSource, files: readonly PlacedFile[]): Promise<void> {
  const disorder = files.find(({ name }, index) => index > 0 && name < (files[index - 1]?.name ?? ''));
  if (disorder !== undefined) throw new ContainerError('files are not in ascending order');
  const { pieces, size } = layOut(files);
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'file') {
      at += piece.size;
      continue;
    }
    const found = await source.read(at, Math.min(source.size, at + piece.bytes.length));
    if (!equalBytes(found, piece.bytes)) {
      const next = pieces[index + 1];
      throw new ContainerError(next?.kind === 'file' ? `header of ${next.name} (offset ${at})` : `directory at offset ${at}`);
    }
    at += piece.bytes.length;
  }
  if (size !== source.size) throw new ContainerError(`found ${source.size} bytes, expected ${size}`);
}
