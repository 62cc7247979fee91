import { LedgerFormatError } from '../errors.js';
import { HASH_SIZE } from '../tree/hash.js';
import type { TreeHead } from '../tree/verify-proof.js';
import { decimal, hashFromBase64, toBase64 } from './base64.js';
import type { Note } from './note.js';
import { parseNote } from './note.js';

const ORIGIN_SIZE_MAX = 300;

/** C2SP tlog-checkpoint: what a log says of itself. `extensions` are lines nobody here acts on. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
  readonly extensions: readonly string[];
}

/** Text of a checkpoint: the body of the note that is signed. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>): string {
  const lines = [origin, String(size), toBase64(root), ...extensions];
  const text = `${lines.join('\n')}\n`;
  const read = parseCheckpoint(text);
  if (read.extensions.length !== extensions.length) throw new LedgerFormatError('checkpoint', 'a line break inside a line');
  return text;
}

/** Reads the text of a checkpoint. Throws {@link LedgerFormatError}. */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw new LedgerFormatError('checkpoint', 'no final newline');
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (origin === undefined || size === undefined || root === undefined) throw new LedgerFormatError('checkpoint', 'fewer than three lines');
  if (origin === '' || origin.length > ORIGIN_SIZE_MAX) throw new LedgerFormatError('checkpoint', 'bad origin');
  if (extensions.includes('')) throw new LedgerFormatError('checkpoint', 'an empty line');
  return { origin, size: decimal('checkpoint', size), root: hashFromBase64('checkpoint', root), extensions };
}

/** A note and the checkpoint it carries. Nothing is verified yet. */
export interface CheckpointNote extends Note {
  readonly checkpoint: Checkpoint;
}

export function parseCheckpointNote(text: string): CheckpointNote {
  const note = parseNote(text);
  return { ...note, checkpoint: parseCheckpoint(note.text) };
}

/** Whether two heads say the same of a tree. */
export const sameHead = (a: TreeHead, b: TreeHead): boolean =>
  a.size === b.size && a.root.length === HASH_SIZE && a.root.every((byte, index) => byte === b.root[index]);
