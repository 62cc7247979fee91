/** Bytes of known number that are read where one wants: a file, something in memory, a file at the other end of a line. */
export interface ByteSource {
  readonly size: number;
  /** Exactly the bytes `from` to before `to`; throws when they cannot be read. */
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
  /** The same bytes from front to back, where that is cheaper than reading again and again. */
  readonly stream?: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** Bytes read at a time when a source is read through. */
export const SOURCE_CHUNK_BYTES = 1 << 18;

export const bytesAsSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
});

/** A part of a source as a source of its own. */
export const partOf = (source: ByteSource, begin: number, end = source.size): ByteSource => ({
  size: end - begin,
  read: (from, to) => source.read(begin + from, Math.min(end, begin + to)),
});

/** A part of a source from front to back, some chunk at a time. */
export async function* chunksOf(source: ByteSource, from = 0, to = source.size): AsyncGenerator<Uint8Array> {
  if (source.stream !== undefined) yield* source.stream(from, to);
  else for (let at = from; at < to; at += SOURCE_CHUNK_BYTES) yield await source.read(at, Math.min(to, at + SOURCE_CHUNK_BYTES));
}
