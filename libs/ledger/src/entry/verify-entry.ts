import type { EntryHeader, Opening, PartOpenings } from '@app/contracts';
import { toHex } from '@app/contracts';
import type { TreeHasher } from '../tree/hash.js';
import { headerLeaf } from './header.js';

/**
 * What a check came to. `NOT VISIBLE`: the reader was not given what it needs. `ERASED`: an entry of the log says that
 * the part was erased (personal data); its commitment stays.
 */
type Verdict = 'PASS' | 'FAIL' | 'NOT VISIBLE' | 'ERASED';

/** The profile's commitment `H(salt ‖ utf8(text))`, as 64 hexadecimal digits; `salt` in base64url. May throw on a malformed salt. */
export type Commit = (salt: string, text: string) => string;

export interface EntryCheck {
  /** Whether the header's own content is well formed, sits at its place and hashes to the given leaf. */
  readonly header: 'PASS' | 'FAIL';
  /** One verdict for each part that the header names. */
  readonly parts: Readonly<Record<string, Verdict>>;
  /** Parts that came along although the header does not name them: always a fault of whoever sent them. */
  readonly foreign: readonly string[];
}

/** Identifies a part within a log. */
export const partId = (seq: number, name: string): string => `${seq}/${name}`;

/** Whether an opening is the one that was committed to. */
export function verifyPart(commit: Commit, commitment: string, opening: Opening): boolean {
  try {
    return commit(opening.salt, opening.text) === commitment;
  } catch {
    return false;
  }
}

/**
 * Checks one entry as a reader holds it. `leafHash` is the hash that the tree has at this place (null when the reader
 * checks the tree itself over `headerLeaf`); `erased` tells whether the log records the erasure of `<seq>/<part>`. A part
 * that is here although it was recorded as erased is still checked: erasure hides, it does not excuse.
 */
export function verifyEntry(
  hasher: TreeHasher,
  commit: Commit,
  entry: { readonly header: EntryHeader; readonly parts: PartOpenings },
  expected: { readonly seq: number; readonly leafHash: Uint8Array | null; readonly erased?: (id: string) => boolean },
): EntryCheck {
  const { header } = entry;
  const fits = header.seq === expected.seq && fitsLeaf(hasher, header, expected.leafHash);
  const parts: Record<string, Verdict> = {};
  for (const [name, commitment] of Object.entries(header.parts)) {
    const opening = Object.hasOwn(entry.parts, name) ? entry.parts[name] : undefined;
    if (opening !== undefined) parts[name] = verifyPart(commit, commitment, opening) ? 'PASS' : 'FAIL';
    else parts[name] = expected.erased?.(partId(header.seq, name)) === true ? 'ERASED' : 'NOT VISIBLE';
  }
  const foreign = Object.keys(entry.parts).filter((name) => !Object.hasOwn(header.parts, name));
  return { header: fits ? 'PASS' : 'FAIL', parts, foreign };
}

function fitsLeaf(hasher: TreeHasher, header: EntryHeader, leafHash: Uint8Array | null): boolean {
  try {
    const actual = headerLeaf(hasher, header);
    return leafHash === null || toHex(actual) === toHex(leafHash);
  } catch {
    return false;
  }
}
