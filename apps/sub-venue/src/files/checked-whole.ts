import { DomainError } from '@app/platform';
import { createHash } from 'node:crypto';

/**
 * A file as it comes, under the hash that it should have. The last piece is held back until the hash is known: throws HASH_MISMATCH instead
 * of giving it, so nobody has the whole of something else.
 */
export async function* checkedWhole(content: AsyncIterable<Uint8Array>, hash: string): AsyncGenerator<Uint8Array> {
  const running = createHash('sha256');
  let held: Uint8Array | null = null;
  for await (const piece of content) {
    running.update(piece);
    if (held !== null) yield held;
    held = piece;
  }
  if (running.digest('hex') !== hash) throw new DomainError('HASH_MISMATCH', 'The main venue sent another file than the one of this hash.');
  if (held !== null) yield held;
}
