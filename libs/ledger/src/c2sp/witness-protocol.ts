import { LedgerFormatError } from '../errors.js';
import type { TreeHasher } from '../tree/hash.js';
import { PROOF_LINES_MAX, verifyConsistency } from '../tree/verify-proof.js';
import { decimal, hashFromBase64, toBase64 } from './base64.js';
import type { CheckpointNote } from './checkpoint.js';
import { parseCheckpointNote, sameHead } from './checkpoint.js';
import type { NoteSuite, VerifierKey } from './keys.js';
import type { NoteSignature } from './note.js';
import { formatSignatureLine, NOTE_SIGNATURES_MAX, parseSignatureLine } from './note.js';
import { openNote } from './signature.js';

/**
 * C2SP tlog-witness `add-checkpoint`: "I cosigned nothing newer than
 * `oldSize` with you; here is the next head and why it continues that one".
 */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** Signed note, verbatim. */
  readonly note: string;
}

/** Content type of the 409 answer whose body is the witness's size. */
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size';

export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  if (proof.length > PROOF_LINES_MAX) throw new LedgerFormatError('add-checkpoint', 'too many proof lines');
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
}

/** Reads a request body; the note itself is read by {@link judgeAddCheckpoint}. Throws {@link LedgerFormatError}. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n');
  if (end < 0) throw new LedgerFormatError('add-checkpoint', 'no empty line');
  const [old, ...lines] = body.slice(0, end).split('\n');
  if (old?.startsWith('old ') !== true) throw new LedgerFormatError('add-checkpoint', 'no old size');
  if (lines.length > PROOF_LINES_MAX) throw new LedgerFormatError('add-checkpoint', 'too many proof lines');
  return {
    oldSize: decimal('add-checkpoint', old.slice('old '.length)),
    proof: lines.map((line) => hashFromBase64('add-checkpoint', line)),
    note: body.slice(end + 2),
  };
}

/** Body of the witness's 200: one or more signature lines. */
export const formatCosignatures = (signatures: readonly NoteSignature[]): string => signatures.map(formatSignatureLine).join('');

export function parseCosignatures(body: string): NoteSignature[] {
  if (!body.endsWith('\n')) throw new LedgerFormatError('cosignature', 'no final newline');
  const lines = body.slice(0, -1).split('\n');
  if (lines.length > NOTE_SIGNATURES_MAX) throw new LedgerFormatError('cosignature', 'too many signatures');
  return lines.map(parseSignatureLine);
}

/** Body of the witness's 409. */
export const formatSize = (size: number): string => `${size}\n`;

export function parseSize(body: string): number {
  if (!body.endsWith('\n')) throw new LedgerFormatError('add-checkpoint', 'no final newline');
  return decimal('add-checkpoint', body.slice(0, -1));
}

/** What a witness remembers of a log. */
export interface WitnessedHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What a witness does with a request; `conflict` names requests worth keeping beside what was cosigned before. */
export type WitnessJudgement =
  | { readonly status: 200; readonly note: CheckpointNote }
  | { readonly status: 400 | 403 | 404; readonly reason: string }
  | { readonly status: 409; readonly reason: string; readonly size: number; readonly conflict: CheckpointNote | null }
  | { readonly status: 422; readonly reason: string; readonly conflict: CheckpointNote };

/**
 * The rules of tlog-witness as one pure function. `keysOf` gives the log keys trusted for an origin (none: unknown log),
 * `known` the head last cosigned for it, read under the lock that the caller holds until it has stored the new one.
 */
export function judgeAddCheckpoint(
  suite: NoteSuite,
  hasher: TreeHasher,
  request: AddCheckpoint,
  keysOf: (origin: string) => readonly VerifierKey[],
  known: (origin: string) => WitnessedHead | null,
): WitnessJudgement {
  const note = readNote(request.note);
  if (note === null) return { status: 400, reason: 'not a checkpoint' };
  const { checkpoint } = note;
  const keys = keysOf(checkpoint.origin);
  if (keys.length === 0) return { status: 404, reason: 'unknown log' };
  // tlog-witness: signatures of unknown keys are ignored; a trusted key must have signed, and every line of one must verify.
  if (!isOpen(suite, note, keys))
    return { status: 403, reason: 'not signed by a trusted key of this log, or a line of one does not verify' };
  if (request.oldSize > checkpoint.size) return { status: 400, reason: 'old size above the checkpoint' };
  const head = known(checkpoint.origin) ?? { size: 0, root: hasher.emptyRoot() };
  const conflict = isSuspicious(head, note) ? note : null;
  if (request.oldSize !== head.size) return { status: 409, reason: 'another old size', size: head.size, conflict };
  if (checkpoint.size === head.size && !sameHead(checkpoint, head)) {
    return { status: 422, reason: 'another root of the same size', conflict: note };
  }
  if (!verifyConsistency(hasher, head, checkpoint, request.proof)) {
    return { status: 422, reason: 'not consistent with what was cosigned', conflict: note };
  }
  return { status: 200, note };
}

/** A checkpoint at or below what was cosigned, other than the one cosigned, is stale at best: whoever has the leaves can tell. */
const isSuspicious = (head: WitnessedHead, { checkpoint }: CheckpointNote): boolean =>
  checkpoint.size <= head.size && !sameHead(checkpoint, head);

function isOpen(suite: NoteSuite, note: CheckpointNote, keys: readonly VerifierKey[]): boolean {
  try {
    openNote(suite, note, keys);
    return true;
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error;
    return false;
  }
}

function readNote(text: string): CheckpointNote | null {
  try {
    return parseCheckpointNote(text);
  } catch {
    return null;
  }
}
