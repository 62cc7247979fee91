import { DomainError } from '../errors/domain-error.js';

/** The body of an answer. Throws TOO_LARGE, and reads no further, once it has more bytes: a stranger does not get to fill the memory. */
export async function readAtMost(response: Response, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop cancels the body, which ends the connection.
    if (size > bytesMax) throw new DomainError('TOO_LARGE', `the answer has more than ${String(bytesMax)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
