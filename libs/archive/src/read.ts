import { CanonicalError, equalBytes, fromUtf8, parseCanonical } from '@app/contracts';
import type { ByteSource, PlacedFile } from '@app/sealing';
import { chunksOf, ContainerError, crc32, readContainer } from '@app/sealing';
import type { z } from 'zod';
import type { Digests } from './digests.js';
import type { Archive, ArchivedBlob, ArchivedHead } from './format.js';
import { FILE, placedFiles, zArchivedAct, zArchivedEntry, zArchivedHead, zArchiveHead } from './format.js';
import { textFiles } from './write.js';

/** Thrown when bytes are no archive; `where` names the file, and the line counted from 1. */
export class ArchiveError extends Error {
  constructor(
    readonly where: string,
    readonly reason: string,
  ) {
    super(`${where}: ${reason}`);
    this.name = 'ArchiveError';
  }
}

const HASH = /^[0-9a-f]{64}$/;

/**
 * Reads the container and the form of every file; whether the content is true is the verifier's business, and so are blobs and recordings: here
 * they are only placed. The source must stay readable as long as they are read.
 */
export async function readArchive(source: ByteSource): Promise<Archive> {
  const placed = await unpack(source);
  const files = await textsOf(source, placed);
  const take = (name: string): string => {
    const content = files.get(name);
    if (content === undefined) throw new ArchiveError(name, 'the file is missing');
    files.delete(name);
    return decode(name, content);
  };
  const archive: Archive = {
    head: parse(FILE.head, take(FILE.head), zArchiveHead),
    entries: lines(FILE.entries, take(FILE.entries)).map((line, index) => parse(at(FILE.entries, index), line, zArchivedEntry)),
    leaves: lines(FILE.leaves, take(FILE.leaves)).map((line, index) => hash(at(FILE.leaves, index), line)),
    checkpoint: take(FILE.checkpoint),
    history: lines(FILE.history, take(FILE.history)).map((line, index) => note(at(FILE.history, index), line)),
    policy: take(FILE.policy),
    platformCheckpoint: files.has(FILE.platformCheckpoint) ? take(FILE.platformCheckpoint) : null,
    acts: lines(FILE.acts, take(FILE.acts)).map((line, index) => parse(at(FILE.acts, index), line, zArchivedAct)),
    heads: files.has(FILE.heads) ? headsIn(take(FILE.heads)) : [],
    blobs: placedIn(FILE.blobs, source, placed),
    recordings: placedIn(FILE.recordings, source, placed),
  };
  for (const name of files.keys()) throw new ArchiveError(name, 'no such file belongs to an archive');
  if ((archive.platformCheckpoint === null) !== (archive.acts.length + archive.heads.length === 0)) {
    throw new ArchiveError(
      FILE.platformCheckpoint,
      'stands there exactly when there are acts before the deadline or heads in the platform log',
    );
  }
  for (const [name, bytes] of textFiles(archive)) {
    const placedAt = placed.find((file) => file.name === name);
    const found = placedAt === undefined ? null : await source.read(placedAt.offset, placedAt.offset + placedAt.size);
    if (found === null || !equalBytes(found, bytes)) throw new ArchiveError(name, 'another byte string for the same content');
  }
  return archive;
}

async function unpack(source: ByteSource): Promise<PlacedFile[]> {
  try {
    return await readContainer(source);
  } catch (error) {
    if (error instanceof ContainerError) throw new ArchiveError('container', error.message);
    throw error;
  }
}

/**
 * Reads every blob from front to back, and every file of a recording: the hash that each blob really has, by the name it bears; the others are hashed by
 * whoever knows what names them. Throws {@link ArchiveError} when one does not have the checksum of the container.
 */
export async function hashBlobs(archive: Archive, digests: Digests): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const [folder, name, file] of placedFiles(archive)) {
    const running = digests.sha256();
    let crc = 0;
    for await (const chunk of chunksOf(file)) {
      running.update(chunk);
      crc = digests.crc32(chunk, crc);
    }
    if (crc !== file.crc) throw new ArchiveError('container', `content of ${folder}${name} does not have its checksum`);
    if (folder === FILE.blobs) hashes.set(name, running.hex());
  }
  return hashes;
}

/** Largest file of an archive but a blob or a recording: it is read whole. */
const ARCHIVE_TEXT_BYTES_MAX = 1 << 29;

async function textsOf(source: ByteSource, placed: readonly PlacedFile[]): Promise<Map<string, Uint8Array>> {
  const texts = new Map<string, Uint8Array>();
  for (const { name, offset, size, crc } of placed) {
    if (name.startsWith(FILE.blobs) || name.startsWith(FILE.recordings)) continue;
    if (size > ARCHIVE_TEXT_BYTES_MAX) throw new ArchiveError(name, `larger than ${ARCHIVE_TEXT_BYTES_MAX} bytes (ARCHIVE_TEXT_BYTES_MAX)`);
    const content = await source.read(offset, offset + size);
    if (crc32(content) !== crc) throw new ArchiveError('container', `content of ${name} (offset ${offset}) does not have its checksum`);
    texts.set(name, content);
  }
  return texts;
}

/** A file without a line would be another form of no file. */
function headsIn(text: string): ArchivedHead[] {
  if (text === '') throw new ArchiveError(FILE.heads, 'has no line');
  return lines(FILE.heads, text).map((line, index) => parse(at(FILE.heads, index), line, zArchivedHead));
}

const at = (name: string, index: number): string => `${name} line ${index + 1}`;

function decode(name: string, content: Uint8Array): string {
  try {
    return fromUtf8(content);
  } catch {
    throw new ArchiveError(name, 'not UTF-8');
  }
}

function lines(name: string, text: string): string[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new ArchiveError(name, 'the last line does not end with a line feed');
  return text.slice(0, -1).split('\n');
}

function parse<T>(where: string, text: string, schema: z.ZodType<T>): T {
  const read = schema.safeParse(canonical(where, text));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new ArchiveError(where, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong form'}`);
}

function canonical(where: string, text: string): unknown {
  try {
    return parseCanonical(text);
  } catch (error) {
    if (error instanceof CanonicalError) throw new ArchiveError(where, error.message);
    throw error;
  }
}

function hash(where: string, line: string): string {
  if (!HASH.test(line)) throw new ArchiveError(where, 'not a hash');
  return line;
}

function note(where: string, line: string): string {
  const text = canonical(where, line);
  if (typeof text !== 'string') throw new ArchiveError(where, 'not a note');
  return text;
}

function placedIn(folder: string, source: ByteSource, placed: readonly PlacedFile[]): Map<string, ArchivedBlob> {
  const files = new Map<string, ArchivedBlob>();
  for (const { name, offset, size, crc } of placed) {
    if (!name.startsWith(folder)) continue;
    const read = (from: number, to: number): Promise<Uint8Array> => source.read(offset + from, offset + Math.min(to, size));
    files.set(hash(name, name.slice(folder.length)), { size, crc, read });
  }
  return files;
}
