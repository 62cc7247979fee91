import { parseCanonical, type SentEntry } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import type { SignedDocument } from '../../../core/commands/command-record.js';

/** A document as this device holds it. */
export interface ShownDocument {
  /** What is shown: everything that the hash is over, in lines. */
  readonly text: string;
  /** Computed here from it. */
  readonly hash: string;
  /** Whether the record names this very document: another one must not be signed. */
  readonly isNamed: boolean;
}

/** Null when this reader was not given the document, or when it is none that anybody could read. */
export function shownDocument(
  profile: CryptoProfile,
  entries: readonly SentEntry[],
  { seq, part, named, hashOf }: SignedDocument,
): ShownDocument | null {
  const opening = entries[seq]?.parts[part];
  if (opening === undefined) return null;
  try {
    const hash = hashOf(profile, opening);
    return { text: JSON.stringify(parseCanonical(opening.text), null, 2), hash, isNamed: hash === named };
  } catch {
    // A salt that opens nothing, or a text that is not canonical.
    return null;
  }
}
