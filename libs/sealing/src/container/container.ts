import { concatBytes } from '@app/contracts';
import { ContainerError, layOut } from './container-layout.js';
import { walkContainer } from './container-walk.js';
import { crc32 } from './crc32.js';
import { Feed, Intake } from './intake.js';

/** A ZIP file with exactly one byte string per content (docs/archive-format.md §2), whole in memory: bid packages of form 1 and tests. */

/** Largest container that is packed or unpacked in memory. */
const PACKED_BYTES_MAX = 0xffff_fffe;

/** Serialises files (name → content). Throws {@link ContainerError} on a bad name or when a limit is passed. */
export function packContainer(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const { pieces, size } = layOut([...files].map(([name, content]) => ({ name, size: content.length, crc: crc32(content) })));
  if (size > PACKED_BYTES_MAX) throw new ContainerError(`larger than ${PACKED_BYTES_MAX} bytes (PACKED_BYTES_MAX)`);
  return concatBytes(...pieces.map((piece) => (piece.kind === 'bytes' ? piece.bytes : (files.get(piece.name) ?? new Uint8Array()))));
}

/** Reads a container and checks that serialising it again would give the same bytes. Throws {@link ContainerError}. */
export function unpackContainer(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const reading = walkContainer({ crc32 }, new Intake(), ({ name }) => {
    const pieces: Uint8Array[] = [];
    return {
      push: (piece) => {
        pieces.push(piece);
      },
      end: () => {
        files.set(name, concatBytes(...pieces));
      },
    };
  });
  const feed = new Feed(reading);
  feed.push(bytes);
  feed.end();
  return files;
}
