import { type ErrorCode, fromBase64Url, fromUtf8, type JsonObject, type JsonValue, type Opening, parseCanonical } from '@app/contracts';
import {
  boxContext,
  type BoxKeeper,
  type BoxManifest,
  checkKeepers,
  type CryptoProfile,
  type KeeperRelease,
  openBox,
  plaintextSalt,
  recoverMaster,
  type Recovery,
  zBoxManifest,
} from '@app/sealing';
import { type Asked, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { tested } from '../kernel/unseen.js';
import { type SealedSheet, sheetPart, type Verdict } from './step.js';

/** A lot's keepers and their keys, as one reader of the lot sees them. */
export interface KeyRing {
  readonly profile: CryptoProfile;
  readonly origin: string;
  /** Keys that are published for a purpose in the plan's order, how many open, and the first keeper that has published none. */
  readonly keepers: (purpose: string) => {
    readonly keepers: readonly BoxKeeper[];
    readonly threshold: number;
    readonly missing: string | null;
  };
  /** Released keys of a purpose that this reader may see. */
  readonly releases: (purpose: string) => readonly KeeperRelease[];
  /** A secret part of an entry, when this reader may see it. */
  readonly part: (seq: number, name: string) => JsonValue | undefined;
}

export interface ManifestFault {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * Whether a box was dealt for this purpose and thing, to the lot's keepers under the keys they published, and to nobody else.
 * Null when it was. Asked when a box is delivered; that it was dealt honestly shows only when it is opened.
 */
export function manifestFault(ring: KeyRing, purpose: string, context: string, manifest: JsonValue): ManifestFault | null {
  const read = zBoxManifest.safeParse(manifest);
  if (!read.success) return { code: 'E_NOT_ENCRYPTED', message: `manifest.${firstIssue(read.error)}` };
  const { keepers, threshold, missing } = ring.keepers(purpose);
  if (missing !== null) return { code: 'E_KEY_MISSING', message: `${missing} has published no key for ${purpose}` };
  const fault = checkKeepers(read.data, keepers, { purpose, context, threshold });
  return fault === null ? null : { code: 'E_BOX_INVALID', message: fault.message };
}

/** What the released keys make of a box: its master, still waiting, or INVALID with the fault's name. */
export const recoverBox = (ring: KeyRing, manifest: BoxManifest): Recovery =>
  recoverMaster(ring.profile, manifest, ring.releases(manifest.purpose));

/** A box as its party hands it in: the manifest for everybody, the ciphertext as secret `ciphertext`. */
export interface HandedBox extends Pick<Asked<unknown>, 'party' | 'opened' | 'unseen'> {
  readonly payload: { readonly manifest: JsonObject };
}

/** Whether a box is a box of this purpose by this party: dealt to the lot's keepers and their keys, with the ciphertext it names. */
export function boxFault(ring: KeyRing, purpose: string, handed: HandedBox): Refused | null {
  const { manifest } = handed.payload;
  const fault = manifestFault(ring, purpose, boxContext(ring.origin, handed.party, purpose), manifest);
  if (fault !== null) return refuse(fault.code, fault.message);
  return tested(handed, 'ciphertext', (ciphertext) => ciphertextFault(ring, manifest, ciphertext));
}

function ciphertextFault(ring: KeyRing, manifest: JsonObject, ciphertext: unknown): Refused | null {
  const facts = zBoxManifest.safeParse(manifest);
  const bytes = bytesOf(ciphertext);
  if (!facts.success || bytes === null) return refuse('E_INPUT', 'secrets.ciphertext: missing');
  const { hash, size } = facts.data.ciphertext;
  if (bytes.length !== size || ring.profile.hashHex(bytes) !== hash)
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
export function judgeBox(ring: KeyRing, sheet: SealedSheet): Judged | null {
  const read = zBoxManifest.safeParse(sheet.manifest);
  const ciphertext = bytesOf(ring.part(sheet.seq, 'x:ciphertext'));
  if (!read.success || ciphertext === null) return { verdict: 'INVALID_BOX', master: null };
  const manifest = read.data;
  const recovery = recoverBox(ring, manifest);
  if (recovery.status === 'waiting') return null;
  if (recovery.status === 'invalid') return { verdict: 'INVALID_BOX', master: null };
  const { master } = recovery;
  const opened = openBox(ring.profile, manifest, ciphertext, master);
  const salt = plaintextSalt(ring.profile, manifest, master);
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
export function openingsOf(ring: KeyRing, boxes: Readonly<Record<string, SealedSheet>>): SheetOpenings | null {
  const masters: Record<string, string | null> = {};
  const openings: Record<string, Opening> = {};
  for (const [member, sheet] of Object.entries(boxes)) {
    const judged = judgeBox(ring, sheet);
    if (judged === null) return null;
    masters[member] = judged.master;
    if (judged.verdict === 'VALID') openings[sheetPart(member)] = judged.opening;
  }
  return { masters, openings };
}
