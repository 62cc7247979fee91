import type { CryptoProfile } from '@app/sealing';

/** How much of a file is read at once. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** The profile's hash of a file, in hexadecimal, piece after piece: a large file neither fills the memory nor stops the page. */
export async function hashOfFile(profile: Pick<CryptoProfile, 'newHash'>, file: Blob): Promise<string> {
  const running = profile.newHash();
  for (let from = 0; from < file.size; from += PIECE_BYTES)
    running.update(new Uint8Array(await file.slice(from, from + PIECE_BYTES).arrayBuffer()));
  return running.hex();
}
