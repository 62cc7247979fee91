import type { ByteSource } from '@app/sealing';

/** Where a file may be cut: after its head, then every `chunk` bytes. */
export interface Cuts {
  readonly head: number;
  readonly chunk: number;
}
/** Bytes `from` to before `to` of the file, from the venue. */
export type GetRange = (span: { readonly from: number; readonly to: number }) => Promise<Uint8Array>;

/** Bytes of one file that are kept in memory, as they came: a few dozen pages with pictures. */
const CACHE_BYTES_MAX = 64 << 20;
/** Pieces that are asked for in one request. */
const PIECES_AT_ONCE = 16;

/** A file at the venue as a source of bytes, and how much of it was fetched. */
export interface CipherFile extends ByteSource {
  readonly fetched: () => { readonly requests: number; readonly bytes: number };
}

/**
 * A file at the other end of a line, fetched piece by piece along its cuts: what is asked for twice at the same time is fetched once, pieces that
 * lie side by side come in one request, and what was used last stays. A piece that could not be had is asked for again by the next reader.
 */
export function cipherFile(size: number, cuts: Cuts, get: GetRange, cacheBytesMax = CACHE_BYTES_MAX): CipherFile {
  /** By number; what was used last stands last. */
  const kept = new Map<number, Promise<Uint8Array>>();
  let requests = 0;
  let bytes = 0;
  const numberAt = (at: number): number => Math.max(0, Math.floor((at - cuts.head) / cuts.chunk));
  const beginOf = (piece: number): number => (piece === 0 ? 0 : cuts.head + piece * cuts.chunk);
  const endOf = (piece: number): number => Math.min(size, cuts.head + (piece + 1) * cuts.chunk);

  function fetchRun(first: number, last: number): void {
    const [from, to] = [beginOf(first), endOf(last)];
    requests += 1;
    bytes += to - from;
    const coming = get({ from, to });
    for (let piece = first; piece <= last; piece += 1) {
      const own = coming.then((run) => run.slice(beginOf(piece) - from, endOf(piece) - from));
      kept.set(piece, own);
      own.catch(() => {
        if (kept.get(piece) === own) kept.delete(piece);
      });
    }
  }

  /** Asks for what is missing of these pieces, as few times as may be. */
  function want(first: number, last: number): Promise<Uint8Array>[] {
    for (let piece = first; piece <= last; piece += 1) {
      if (kept.has(piece)) continue;
      let end = piece;
      while (end < last && end - piece + 1 < PIECES_AT_ONCE && !kept.has(end + 1)) end += 1;
      fetchRun(piece, end);
    }
    return Array.from({ length: last - first + 1 }, (_, index) => {
      const piece = first + index;
      const found = kept.get(piece) ?? Promise.resolve(new Uint8Array());
      kept.delete(piece);
      kept.set(piece, found);
      return found;
    });
  }

  function forgetOldest(): void {
    const piecesMax = Math.max(1, Math.floor(cacheBytesMax / cuts.chunk));
    for (const piece of kept.keys()) {
      if (kept.size <= piecesMax) return;
      kept.delete(piece);
    }
  }

  return {
    size,
    fetched: () => ({ requests, bytes }),
    read: async (from, to) => {
      const end = Math.min(to, size);
      const out = new Uint8Array(Math.max(0, end - from));
      if (out.length === 0) return out;
      const first = numberAt(from);
      const pieces = want(first, numberAt(end - 1));
      forgetOldest();
      for (const [index, coming] of pieces.entries()) {
        const piece = await coming;
        const begins = beginOf(first + index);
        out.set(piece.subarray(Math.max(0, from - begins), Math.min(piece.length, end - begins)), Math.max(0, begins - from));
      }
      return out;
    },
  };
}
