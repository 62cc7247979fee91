/** Bytes that are at hand, as the store takes them. */
export async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
