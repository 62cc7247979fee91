import type { MerkleTree, NoteSignature, PolicyWitness } from '@app/ledger';
import { formatAddCheckpoint, parseCosignatures, parseSize, SIZE_CONTENT_TYPE } from '@app/ledger';
import { readAtMost } from '@app/platform';

/** What a witness said to a checkpoint. */
export type WitnessReply =
  | { readonly kind: 'signed'; readonly signatures: readonly NoteSignature[] }
  /** It has cosigned a head of this size, not the one that was named. */
  | { readonly kind: 'size'; readonly size: number }
  /** It holds that the log signed two histories. */
  | { readonly kind: 'conflict'; readonly reason: string }
  /** The entries under the head are not all there yet: nobody's failure. */
  | { readonly kind: 'behind' }
  /** It will not cosign heads of this log as it stands; nothing is said of its other logs. */
  | { readonly kind: 'declined'; readonly reason: string }
  /** It could not be reached, or answers as no witness does. */
  | { readonly kind: 'failed'; readonly reason: string };

const ANSWER_BYTES_MAX = 64 * 1024;
const REASON_SIZE_MAX = 200;

/** The log's end of C2SP tlog-witness. */
export class WitnessClient {
  constructor(private readonly timeoutMs: number) {}

  /** Asks one witness to cosign `note` (of `size` leaves of `tree`), which it last knew at `oldSize`. Never throws. */
  async addCheckpoint(witness: PolicyWitness, note: string, size: number, tree: MerkleTree, oldSize: number): Promise<WitnessReply> {
    if (witness.url === null) return { kind: 'failed', reason: 'the policy names no address' };
    const body = formatAddCheckpoint({ oldSize, proof: tree.consistencyProof(oldSize, size), note });
    try {
      const response = await fetch(`${witness.url}/add-checkpoint`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      return readReply(response, (await readAtMost(response, ANSWER_BYTES_MAX)).toString('utf8'), oldSize, size);
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : 'unknown' };
    }
  }
}

function readReply(response: Response, text: string, oldSize: number, size: number): WitnessReply {
  const reason = `${String(response.status)} ${text.slice(0, REASON_SIZE_MAX).trim()}`;
  if (response.status === 200) return { kind: 'signed', signatures: parseCosignatures(text) };
  if (response.status === 409 && response.headers.get('content-type')?.startsWith(SIZE_CONTENT_TYPE) === true) {
    const known = parseSize(text);
    // Witnesses of tlog-witness before 2026-07 say of the same size with another root 409 and that size; later ones 422.
    return known === oldSize && known === size ? { kind: 'conflict', reason } : { kind: 'size', size: known };
  }
  // A witness that is away altogether, behind a proxy say, does not tell when to come again.
  if (response.status === 503 && response.headers.has('retry-after')) return { kind: 'behind' };
  if (response.status === 403) return { kind: 'declined', reason };
  return response.status === 422 ? { kind: 'conflict', reason } : { kind: 'failed', reason };
}
