import { equalBytes, fromHex, toHex, zHash } from '@app/contracts';
import { z } from 'zod';
import type { Checkpoint, CheckpointNote } from '../c2sp/checkpoint.js';
import { parseCheckpointNote } from '../c2sp/checkpoint.js';
import type { NoteSuite, VerifierKey } from '../c2sp/keys.js';
import { NOTE_SIZE_MAX } from '../c2sp/note.js';
import { verifySignature } from '../c2sp/signature.js';
import { LedgerFormatError } from '../errors.js';
import type { TreeHasher } from '../tree/hash.js';
import type { MerkleTree } from '../tree/merkle-tree.js';
import { PROOF_LINES_MAX, rootsFromConsistency } from '../tree/verify-proof.js';

/**
 * Proof that a log signed two histories: two checkpoints of one origin, neither of which can continue the other.
 * - `fork`: same size, other root. Needs nothing else.
 * - `prefix`: the smaller one's root is not that of the larger one's first leaves. `lines` is the *explicit* consistency
 *   proof taken from the larger tree: it leads to the larger root, so by collision resistance it fixes what the smaller
 *   root should have been.
 * Anybody can check it with the log's key alone; nobody can make it up without that key.
 */
const zEquivocation = z.strictObject({
  v: z.literal(1),
  kind: z.enum(['fork', 'prefix']),
  origin: z.string().min(1).max(300),
  /** Signed notes; `first` has the smaller size, or either when equal. */
  first: z.string().max(NOTE_SIZE_MAX),
  second: z.string().max(NOTE_SIZE_MAX),
  lines: z.array(zHash).max(PROOF_LINES_MAX + 1),
});
export type Equivocation = z.infer<typeof zEquivocation>;

/** Reads evidence from outside. Throws {@link LedgerFormatError}. */
export function parseEquivocation(value: unknown): Equivocation {
  const parsed = zEquivocation.safeParse(value);
  if (!parsed.success) throw new LedgerFormatError('evidence', parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data;
}

interface SignedHead {
  readonly text: string;
  readonly head: Checkpoint;
}

/**
 * Evidence from two signed notes of one origin, or null when they do not contradict each other as far as can be shown:
 * for two sizes it takes the larger checkpoint's tree (`tree`), whose root at that size must be the checkpoint's. Signatures
 * are not checked here.
 */
export function findEquivocation(a: string, b: string, tree: MerkleTree | null = null): Equivocation | null {
  const [first, second] = [a, b]
    .map((text) => ({ text, head: parseCheckpointNote(text).checkpoint }))
    .sort((x, y) => x.head.size - y.head.size) as [SignedHead, SignedHead];
  const [small, large] = [first.head, second.head];
  if (small.origin !== large.origin) return null;
  const evidence = { v: 1, origin: small.origin, first: first.text, second: second.text } as const;
  if (small.size === large.size) return equalBytes(small.root, large.root) ? null : { ...evidence, kind: 'fork', lines: [] };
  if (small.size === 0 || tree === null || tree.size < large.size) return null;
  if (!equalBytes(tree.root(large.size), large.root) || equalBytes(tree.root(small.size), small.root)) return null;
  return { ...evidence, kind: 'prefix', lines: tree.consistencyProof(small.size, large.size, true).map(toHex) };
}

/** Whether evidence convicts the owner of one of `logKeys` (keys of the log whose name is the origin). Never throws on input. */
export function verifyEquivocation(suite: NoteSuite, hasher: TreeHasher, evidence: Equivocation, logKeys: readonly VerifierKey[]): boolean {
  let first: CheckpointNote;
  let second: CheckpointNote;
  try {
    first = parseCheckpointNote(evidence.first);
    second = parseCheckpointNote(evidence.second);
  } catch {
    return false;
  }
  const signed = (note: CheckpointNote): boolean =>
    note.checkpoint.origin === evidence.origin &&
    logKeys.some((key) => note.signatures.some((signature) => verifySignature(suite, note.text, signature, key) !== null));
  if (!signed(first) || !signed(second)) return false;
  const [small, large] = [first.checkpoint, second.checkpoint];
  if (evidence.kind === 'fork') return evidence.lines.length === 0 && small.size === large.size && !equalBytes(small.root, large.root);
  if (small.size >= large.size) return false;
  const roots = rootsFromConsistency(hasher, small.size, large.size, evidence.lines.map(fromHex));
  return roots !== null && equalBytes(roots.second, large.root) && !equalBytes(roots.first, small.root);
}
