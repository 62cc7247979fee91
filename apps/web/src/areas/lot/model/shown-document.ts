import { parseCanonical, type SentEntry } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import type { SignedDocument } from '../../../core/commands/command-record.js';
import type { CheckVerdict, Seal } from '@app/verifying';

/** A document as this device holds it. */
export interface ShownDocument {
  /** What is shown: everything that the hash is over, in lines. */
  readonly text: string;
  /** Computed here from it. */
  readonly hash: string;
  /** Whether the record names this very document: another one must not be signed. */
  readonly isNamed: boolean;
  /** Whether the rules, asked here on what this device folded, make the same document. Only then it is signed. */
  readonly computed: CheckVerdict;
  /** Where the computed document differs from what the venue says, in words. */
  readonly difference: string | null;
}

/** May it be signed? It is the one that the record names, and the one that this device computes from the record. */
export const isSignable = (shown: ShownDocument | null): boolean => shown !== null && shown.isNamed && shown.computed === 'pass';

/** Null when this reader was not given the document, or when it is none that anybody could read. */
export function shownDocument(
  profile: CryptoProfile,
  entries: readonly SentEntry[],
  { seq, part, named, hashOf }: SignedDocument,
  seal: Pick<Seal, 'checks' | 'wrong'>,
): ShownDocument | null {
  const opening = entries[seq]?.parts[part];
  if (opening === undefined) return null;
  try {
    const hash = hashOf(profile, opening);
    const computed = seal.checks.find(([name]) => name === 'decide')?.[1] ?? 'pending';
    return {
      text: JSON.stringify(parseCanonical(opening.text), null, 2),
      hash,
      isNamed: hash === named,
      computed,
      difference: seal.wrong?.detail ?? null,
    };
  } catch {
    // A salt that opens nothing, or a text that is not canonical.
    return null;
  }
}
