import { type SentEntry, visibleEntry } from '@app/contracts';
import { secretEntryOf } from '@app/evaluation';
import type { Seal, WrongEntry } from './seal.js';

/** A lot as this device has judged it. */
export interface JudgedLot {
  readonly entries: readonly SentEntry[];
  readonly judgedSize: number;
  /** What is wrong in it, the first first. */
  readonly faults: readonly WrongEntry[];
  readonly sealOf: (seq: number) => Seal;
}

/** Why nothing may be sealed to a keeper's key. */
class KeyFault extends Error {
  override readonly name = 'KeyFault';
  constructor(
    readonly code: 'E_KEY_MISSING' | 'E_KEY_UNPROVEN',
    message: string,
  ) {
    super(message);
  }
}

const PUBLISHED = 'sealing.key-published';

/**
 * The keepers' public keys for a purpose, each out of the signed entry that published it, which this device has judged: whoever seals to
 * another key tells everything to whoever holds it. Throws {@link KeyFault}: `E_KEY_MISSING` while a keeper has published none, `E_KEY_UNPROVEN` while
 * anything is wrong in the log, the keys that are believed were not compared, or the publication is not judged, good and under a witnessed
 * head.
 */
export function provenKeys(
  lot: JudgedLot,
  purpose: string,
  parties: readonly string[],
): { readonly party: string; readonly publicKey: string }[] {
  const unproven = (reason: string): KeyFault => new KeyFault('E_KEY_UNPROVEN', reason);
  const [wrong] = lot.faults;
  if (wrong !== undefined) throw unproven(wrong.detail);
  const published = publicationsFor(lot.entries, purpose);
  return parties.map((party) => {
    const found = published.get(party);
    if (found === undefined) throw new KeyFault('E_KEY_MISSING', party);
    // Somebody else's entry that came a moment ago keeps nobody from sealing; the publication and all before it must be judged.
    if (found.seq >= lot.judgedSize) throw unproven(`entry ${found.seq}, key of ${party}: not judged yet`);
    const open = lot.sealOf(found.seq).checks.find(([, verdict]) => verdict !== 'pass');
    if (open !== undefined) throw unproven(`entry ${found.seq}, key of ${party}: ${open.join(' ')}`);
    return { party, publicKey: found.publicKey };
  });
}

/** The last word of the log on each keeper's key, as it is folded everywhere. */
function publicationsFor(
  entries: readonly SentEntry[],
  purpose: string,
): ReadonlyMap<string, { readonly seq: number; readonly publicKey: string }> {
  const found = new Map<string, { readonly seq: number; readonly publicKey: string }>();
  for (const entry of entries) {
    for (const event of secretEntryOf(visibleEntry(entry)).events) {
      const { party, publicKey } = event;
      if (event.type !== PUBLISHED || event['purpose'] !== purpose) continue;
      if (typeof party === 'string' && typeof publicKey === 'string') found.set(party, { seq: entry.header.seq, publicKey });
    }
  }
  return found;
}
