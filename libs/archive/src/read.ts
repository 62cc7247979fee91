import { CanonicalError, fromUtf8, parseCanonical } from '@app/contracts';
import { ContainerError, unpackContainer } from '@app/sealing';
import type { z } from 'zod';
import type { Archive } from './format.js';
import { FILE, zArchivedAct, zArchivedEntry, zArchiveHead } from './format.js';

/** Thrown when bytes are no archive; `where` names the file, and the line counted from 1. */
export class ArchiveError extends Error {
  constructor(
    readonly where: string,
    reason: string,
  ) {
    super(`${where}: ${reason}`);
    this.name = 'ArchiveError';
  }
}

const HASH = /^[0-9a-f]{64}$/;

/** Reads the container and the form of every file; whether the content is true is the verifier's business. */
export function readArchive(bytes: Uint8Array): Archive {
  const files = unpack(bytes);
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
    blobs: takeBlobs(files),
  };
  for (const name of files.keys()) throw new ArchiveError(name, 'no such file belongs to an archive');
  if ((archive.platformCheckpoint === null) !== (archive.acts.length === 0)) {
    throw new ArchiveError(FILE.platformCheckpoint, 'stands there exactly when there are acts before the deadline');
  }
  return archive;
}

function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  try {
    return unpackContainer(bytes);
  } catch (error) {
    if (error instanceof ContainerError) throw new ArchiveError('container', error.message);
    throw error;
  }
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

function takeBlobs(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  for (const [name, content] of [...files]) {
    if (!name.startsWith(FILE.blobs)) continue;
    blobs.set(hash(name, name.slice(FILE.blobs.length)), content);
    files.delete(name);
  }
  return blobs;
}
