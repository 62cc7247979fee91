import type { Primitives } from './primitives.js';

/** At hand, or answered later: by a browser's own cipher, by another thread. */
export type Later<T> = T | Promise<T>;

/** A piece of work that yields what it has to wait for; it yields nothing where everything is at hand. */
export type Work<T> = Generator<{ readonly until: Promise<unknown> }, T, unknown>;

/** A hash that is fed piece by piece; a promise of `update` asks to wait before more comes. `hex` ends it and is asked once. */
export interface StreamHash {
  readonly update: (bytes: Uint8Array) => Later<void>;
  /** Lower-case hexadecimal. */
  readonly hex: () => Later<string>;
}

/** Seals a chunk under a nonce: ciphertext and tag, in as many pieces as it likes. */
export type ChunkSealer = (nonce: Uint8Array, chunk: Uint8Array) => readonly Later<Uint8Array>[];

/**
 * What a long stream is sealed and hashed with. All give the same results; bytes that were given may be written over as soon as the call
 * has returned, also where its answer comes later.
 */
export interface StreamTools {
  readonly newHash: () => StreamHash;
  /** For many chunks under one key, each with a nonce of its own. */
  readonly chunkSealer: (key: Uint8Array) => ChunkSealer;
}

/** The tools whose answers are always at hand. */
export const toolsOf = ({ newHash, aeadSealApart }: Primitives): StreamTools => ({
  newHash,
  chunkSealer: (key) => (nonce, chunk) => aeadSealApart(key, nonce, chunk),
});

/** A promise of any realm: those of a platform's own library are of another one in tests. */
const isLater = <T>(value: Later<T>): value is Promise<T> => typeof value === 'object' && value !== null && 'then' in value;

/** What was promised, waited for where it is a promise. */
export function* settled<T>(value: Later<T>): Work<T> {
  if (!isLater(value)) return value;
  const [result] = yield* allSettled([value]);
  return result as T;
}

/** The same for several at once, in their order. */
export function* allSettled<T>(values: readonly Later<T>[]): Work<T[]> {
  if (!values.some(isLater)) return values as T[];
  let results: T[] = [];
  yield {
    until: Promise.all(values).then((all) => {
      results = all;
    }),
  };
  return results;
}

/** Does work that has nothing to wait for. Throws when it has. */
export function atOnce<T>(work: Work<T>): T {
  const step = work.next();
  if (step.done !== true) throw new Error('this must be waited for');
  return step.value;
}
