import { concatBytes, equalBytes } from '@app/contracts';
import type { Primitives } from '../profile/primitives.js';
import type { ContainerFile } from './container-layout.js';
import { CONTAINER_FILES_MAX, ContainerError, layOut, LOCAL_BYTES_MAX, readLocal } from './container-layout.js';
import type { Intake, Reading } from './intake.js';

/** Takes one file of a container. */
export interface FileSink {
  /** Keeps no view of the piece. */
  readonly push: (piece: Uint8Array) => void;
  /** All of it came, and has its checksum. */
  readonly end: () => void;
}

/**
 * Reads a container from front to back: each file goes to the sink that `visit` gives for it, and every other byte is compared with the one
 * form that these names, sizes and checksums have. Throws {@link ContainerError}, and what `visit` and sinks throw.
 */
export function* walkContainer(
  { crc32 }: Pick<Primitives, 'crc32'>,
  intake: Intake,
  visit: (file: ContainerFile) => FileSink,
): Reading<readonly ContainerFile[]> {
  const files: ContainerFile[] = [];
  let offset = 0;
  for (;;) {
    const local = readLocal(yield* intake.peek(LOCAL_BYTES_MAX));
    if (local === null) break;
    if (files.length === CONTAINER_FILES_MAX) throw new ContainerError(`more than ${CONTAINER_FILES_MAX} files`);
    const header = yield* intake.take(local.headerSize);
    const file = { name: local.name, size: local.size, crc: local.crc };
    const [canonical] = layOut([file]).pieces;
    if (canonical?.kind !== 'bytes' || !equalBytes(canonical.bytes, header))
      throw new ContainerError(`header of ${file.name} (offset ${offset})`);
    if (file.name <= (files.at(-1)?.name ?? '')) throw new ContainerError('files are not in ascending order');
    files.push(file);
    yield* passFile(crc32, intake, file, visit(file));
    offset += header.length + file.size;
  }
  const directory = concatBytes(
    ...layOut(files).pieces.flatMap((piece, at) => (piece.kind === 'bytes' && at >= 2 * files.length ? piece.bytes : [])),
  );
  if (!equalBytes(yield* intake.take(directory.length + 1), directory)) throw new ContainerError(`directory at offset ${offset}`);
  return files;
}

function* passFile(crc32: Primitives['crc32'], intake: Intake, { name, size, crc }: ContainerFile, sink: FileSink): Reading<void> {
  let found = 0;
  const passed = yield* intake.pass(size, (piece) => {
    found = crc32(piece, found);
    sink.push(piece);
  });
  if (passed !== size) throw new ContainerError(`file ${name} is cut off`);
  if (found !== crc) throw new ContainerError(`checksum of ${name}`);
  sink.end();
}
