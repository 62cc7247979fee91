import { equalBytes } from '@app/contracts';
import { LedgerFormatError } from '../errors.js';
import type { TreeHasher } from '../tree/hash.js';
import { PROOF_LINES_MAX, rootFromInclusion } from '../tree/verify-proof.js';
import { decimal, fromBase64, hashFromBase64, toBase64 } from './base64.js';
import type { Checkpoint } from './checkpoint.js';
import { parseCheckpointNote } from './checkpoint.js';
import type { NoteSuite } from './keys.js';
import type { Policy, PolicyVerdict } from './policy.js';
import { evaluateCheckpoint } from './policy.js';

/** First line of a proof, C2SP tlog-proof. */
export const RECEIPT_HEAD = 'c2sp.org/tlog-proof@v1';
const EXTRA_SIZE_MAX = 16 * 1024;

/** A self-contained proof that one entry is in a log: for offline checking against a policy. */
export interface Receipt {
  /** Opaque bytes that nothing vouches for. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** Checkpoint note, verbatim, with its cosignatures. */
  readonly note: string;
}

export function formatReceipt({ extra, index, proof, note }: Receipt): string {
  const lines = [RECEIPT_HEAD, ...(extra === null ? [] : [`extra ${toBase64(extra)}`]), `index ${index}`, ...proof.map(toBase64)];
  const text = `${lines.join('\n')}\n\n${note}`;
  parseReceipt(text);
  return text;
}

/** Reads a proof without verifying it. Throws {@link LedgerFormatError}. */
export function parseReceipt(text: string): Receipt {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(0, end)).split('\n');
  if (lines.shift() !== RECEIPT_HEAD) throw new LedgerFormatError('tlog-proof', 'not a proof of version 1');
  let extra: Uint8Array | null = null;
  const first = lines[0];
  if (first?.startsWith('extra ') === true) {
    lines.shift();
    extra = fromBase64('tlog-proof', first.slice('extra '.length));
    if (extra.length > EXTRA_SIZE_MAX) throw new LedgerFormatError('tlog-proof', 'too much extra data');
  }
  const index = lines.shift();
  if (index?.startsWith('index ') !== true) throw new LedgerFormatError('tlog-proof', 'no index');
  if (lines.length > PROOF_LINES_MAX) throw new LedgerFormatError('tlog-proof', 'too many proof lines');
  const note = text.slice(end + 2);
  parseCheckpointNote(note);
  return {
    extra,
    index: decimal('tlog-proof', index.slice('index '.length)),
    proof: lines.map((line) => hashFromBase64('tlog-proof', line)),
    note,
  };
}

export interface ReceiptVerdict extends PolicyVerdict {
  readonly checkpoint: Checkpoint;
  /** Whether the leaf is at the index under the checkpoint's root. */
  readonly included: boolean;
}

/** Checks a proof for one leaf. It holds when `included`, `log` and `quorum` are all true. */
export function verifyReceipt(
  suite: NoteSuite,
  hasher: TreeHasher,
  policy: Policy,
  receipt: Receipt,
  leafHash: Uint8Array,
): ReceiptVerdict {
  const note = parseCheckpointNote(receipt.note);
  const { size, root } = note.checkpoint;
  const computed = rootFromInclusion(hasher, receipt.index, size, leafHash, receipt.proof);
  return {
    ...evaluateCheckpoint(suite, policy, note),
    checkpoint: note.checkpoint,
    included: computed !== null && equalBytes(computed, root),
  };
}
