import type { JsonObject, Opening } from '@app/contracts';
import { fromBase64Url, fromUtf8, parseCanonical } from '@app/contracts';
import { boxContext, openBox, plaintextSalt, zBoxManifest } from '@app/sealing';
import { recoverBox } from '../keepers/boxes.js';
import { manifestFault } from '../keepers/manifest.js';
import { profileFor } from '../lot/crypto.js';
import { type Refused, refuse } from '../kernel/slice.js';
import { disclosed, type LotState } from '../kernel/state.js';
import { type SealedSheet, sheetPart, type Verdict } from './step.js';

/** Whether a box is a box of this purpose by this party: dealt to the lot's keepers and their keys, with the ciphertext it names. */
export function boxFault(state: LotState, purpose: string, party: string, manifest: JsonObject, ciphertext: unknown): Refused | null {
  const fault = manifestFault(state, purpose, boxContext(state.origin, party, purpose), manifest);
  if (fault !== null) return refuse(fault.code, fault.message);
  const facts = zBoxManifest.safeParse(manifest);
  const bytes = bytesOf(ciphertext);
  if (!facts.success || bytes === null) return refuse('E_INPUT', 'secrets.ciphertext: missing');
  const { hash, size } = facts.data.ciphertext;
  if (bytes.length !== size || profileFor(state).hashHex(bytes) !== hash)
    return refuse('E_BOX_INVALID', 'the ciphertext is not the one the manifest names');
  return null;
}

function bytesOf(text: unknown): Uint8Array | null {
  try {
    return typeof text === 'string' ? fromBase64Url(text) : null;
  } catch {
    return null;
  }
}

/** What a box is once enough keepers have released: what it holds and the salt of its commitment, or that it is none. */
export type Judged =
  | { readonly verdict: 'VALID'; readonly master: string; readonly opening: Opening }
  | { readonly verdict: Exclude<Verdict, 'VALID'>; readonly master: string | null };

/** Recovers, deals again and opens; null while keepers are still missing. A pure function of the log, so a verifier repeats it. */
export function judgeBox(state: LotState, sheet: SealedSheet): Judged | null {
  const read = zBoxManifest.safeParse(sheet.manifest);
  const ciphertext = bytesOf(disclosed(state, sheet.seq, 'x:ciphertext'));
  if (!read.success || ciphertext === null) return { verdict: 'INVALID_BOX', master: null };
  const manifest = read.data;
  const profile = profileFor(state);
  const recovery = recoverBox(state, manifest);
  if (recovery.status === 'waiting') return null;
  if (recovery.status === 'invalid') return { verdict: 'INVALID_BOX', master: null };
  const { master } = recovery;
  const opened = openBox(profile, manifest, ciphertext, master);
  const salt = plaintextSalt(profile, manifest, master);
  if (!opened.ok || salt === null) return { verdict: 'INVALID_BOX', master };
  const text = canonicalTextOf(opened.content);
  return text === null ? { verdict: 'INVALID_SHEET', master } : { verdict: 'VALID', master, opening: { salt, text } };
}

function canonicalTextOf(content: Uint8Array): string | null {
  try {
    const text = fromUtf8(content);
    parseCanonical(text);
    return text;
  } catch {
    return null;
  }
}

export interface SheetOpenings {
  /** Secret `masters` of the opening command: by member, null where shares do not combine. */
  readonly masters: Readonly<Record<string, string | null>>;
  /** Openings of the secrets `sheet:<member>`; their commitments are the manifests' `plaintext`. */
  readonly openings: Readonly<Record<string, Opening>>;
}

/** What the main venue's node sends to open these boxes; null while fewer keepers than needed have released. */
export function openingsOf(state: LotState, boxes: Readonly<Record<string, SealedSheet>>): SheetOpenings | null {
  const masters: Record<string, string | null> = {};
  const openings: Record<string, Opening> = {};
  for (const [member, sheet] of Object.entries(boxes)) {
    const judged = judgeBox(state, sheet);
    if (judged === null) return null;
    masters[member] = judged.master;
    if (judged.verdict === 'VALID') openings[sheetPart(member)] = judged.opening;
  }
  return { masters, openings };
}
