import { canonicalText, utf8 } from '@app/contracts';
import type { ByteSource, ContainerPiece } from '@app/sealing';
import { bytesAsSource, chunksOf, crc32, layOut } from '@app/sealing';
import type { Archive } from './format.js';
import { FILE, placedFiles } from './format.js';

/** An archive as it lies from its first byte to its last: a source of bytes that is nowhere whole. */
export interface WrittenArchive extends ByteSource {
  /** Names every file by content: two archives with the same text here are the same bytes. */
  readonly inventory: string;
}

interface Placed {
  readonly from: number;
  readonly to: number;
  readonly source: ByteSource;
}

/** Lays an archive out. The same content gives the same bytes, whoever writes it; blobs and recordings are read when their bytes are asked for. */
export function writeArchive(archive: Archive): WrittenArchive {
  const texts = textFiles(archive);
  const sources = new Map<string, ByteSource>([...texts].map(([name, bytes]) => [name, bytesAsSource(bytes)]));
  const files = [...texts].map(([name, bytes]) => ({ name, size: bytes.length, crc: crc32(bytes) }));
  for (const [folder, hash, file] of placedFiles(archive)) {
    sources.set(folder + hash, file);
    files.push({ name: folder + hash, size: file.size, crc: file.crc });
  }
  const { pieces, size } = layOut(files);
  const placed = place(pieces, sources);
  const inventory = files.map(({ name, size: length, crc }) => `${name} ${length} ${crc}\n`).join('');
  return {
    size,
    inventory,
    read: (from, to) => readPlaced(placed, from, Math.min(to, size)),
    stream: (from, to) => streamPlaced(placed, from, to),
  };
}

/** Every file of an archive but blobs and recordings. */
export function textFiles(archive: Archive): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const text = (name: string, content: string): void => {
    files.set(name, utf8(content));
  };
  text(FILE.head, canonicalText(archive.head));
  text(FILE.entries, lines(archive.entries.map((entry) => canonicalText(entry))));
  text(FILE.leaves, lines(archive.leaves));
  text(FILE.checkpoint, archive.checkpoint);
  text(FILE.history, lines(archive.history.map((note) => canonicalText(note))));
  text(FILE.policy, archive.policy);
  if (archive.platformCheckpoint !== null) text(FILE.platformCheckpoint, archive.platformCheckpoint);
  text(FILE.acts, lines(archive.acts.map((act) => canonicalText(act))));
  if (archive.heads.length > 0) text(FILE.heads, lines(archive.heads.map((head) => canonicalText(head))));
  return files;
}

/** A source whole in memory: for small archives, and for tests. */
export async function allBytes(source: ByteSource): Promise<Uint8Array> {
  const out = new Uint8Array(source.size);
  let at = 0;
  for await (const chunk of chunksOf(source)) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

function place(pieces: readonly ContainerPiece[], sources: ReadonlyMap<string, ByteSource>): Placed[] {
  const placed: Placed[] = [];
  let from = 0;
  for (const piece of pieces) {
    const source = piece.kind === 'bytes' ? bytesAsSource(piece.bytes) : (sources.get(piece.name) ?? bytesAsSource(new Uint8Array()));
    placed.push({ from, to: from + source.size, source });
    from += source.size;
  }
  return placed;
}

async function readPlaced(placed: readonly Placed[], from: number, to: number): Promise<Uint8Array> {
  const out = new Uint8Array(Math.max(0, to - from));
  for (const piece of placed) {
    if (piece.to <= from || piece.from >= to) continue;
    const start = Math.max(from, piece.from);
    out.set(await piece.source.read(start - piece.from, Math.min(to, piece.to) - piece.from), start - from);
  }
  return out;
}

async function* streamPlaced(placed: readonly Placed[], from: number, to: number): AsyncGenerator<Uint8Array> {
  for (const piece of placed) {
    if (piece.to <= from || piece.from >= to) continue;
    yield* chunksOf(piece.source, Math.max(0, from - piece.from), Math.min(to, piece.to) - piece.from);
  }
}

const lines = (items: readonly string[]): string => items.map((item) => `${item}\n`).join('');
