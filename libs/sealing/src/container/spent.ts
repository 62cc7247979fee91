/** What is smaller may be a part of memory that others use too, and is not worth the call. */
const SPENT_BYTES_MIN = 1 << 15;

/**
 * Gives memory back at once, for whoever made these bytes and knows that nobody reads them again: left to the garbage collector, a gigabyte in
 * sealed chunks costs more in collections and fresh pages than in ciphering. Leaves alone what is only a part of a buffer, and does nothing
 * where the runtime has no `ArrayBuffer.prototype.transfer` (before Node 22), nor in browsers: their collector no longer sees that memory, so
 * it waits, and what WebCrypto and file readers hold waits with it (330 MiB of a page in place of 240).
 */
export function giveBack(spent: readonly Uint8Array[]): void {
  for (const { buffer, byteLength } of spent)
    if (byteLength >= SPENT_BYTES_MIN && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) give(buffer);
}

const give: (buffer: ArrayBuffer) => void =
  'transfer' in ArrayBuffer.prototype && 'process' in globalThis
    ? (buffer) => {
        buffer.transfer(0);
      }
    : () => undefined;
