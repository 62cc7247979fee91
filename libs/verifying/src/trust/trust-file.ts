import type { Trust, TrustChange } from '@app/contracts';
import { zTrust, zTrustChange } from '@app/contracts';
import { witnessDemand } from '@app/evaluation';
import type { VerifierKey } from '@app/ledger';
import { formatNote, LedgerFormatError, openNote, parseNote, SIGNATURE_TYPE, signNote } from '@app/ledger';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { noteKey, noteSigner, noteSuite } from '@app/sealing';
import { otherAnchors, trustFingerprint } from './anchors.js';

/**
 * `MALFORMED`: no trust file. `WRONG_LOG`: another installation's. `KEY_PINNED`: it has another key in the place of a pinned one, and no
 * pinned key signed that.
 */
class TrustFileError extends Error {
  override readonly name = 'TrustFileError';
  constructor(
    readonly code: 'MALFORMED' | 'WRONG_LOG' | 'KEY_PINNED',
    message: string,
  ) {
    super(message);
  }
}

/** Largest trust file that is read, in characters. */
const TRUST_FILE_MAX = 1_000_000;
const nameOf = (installation: string): string => `${installation}/trust`;
const noteText = (profile: CryptoProfile, trust: Trust): string => `${nameOf(trust.installation)}\n${trustFingerprint(profile, trust)}\n`;

/** New anchors, signed by the log's key of those before. */
export function signTrustChange(profile: CryptoProfile, trust: Trust, logKey: LocalSigner): TrustChange {
  const signer = noteSigner(logKey, nameOf(trust.installation), SIGNATURE_TYPE.note);
  return { trust, note: formatNote(signNote(noteSuite(profile), noteText(profile, trust), signer)) };
}

/**
 * The anchors that a file gives to whoever has `pinned` ones, or none yet: a trust file as `npm run verify` takes it, or a change of one.
 * What adds keys is taken; what puts another key in the place of a pinned one, or asks
 * another quorum, needs the note. Throws {@link TrustFileError}.
 */
export function readTrustChange(profile: CryptoProfile, text: string, installation: string, pinned: Trust | null): Trust {
  const { trust, note } = parse(text);
  if (trust.installation !== installation)
    throw new TrustFileError('WRONG_LOG', `the trust file is for ${trust.installation}, this is ${installation}`);
  if (pinned === null) return trust;
  const [first] = otherAnchors(profile, pinned, trust);
  const isOther = first !== undefined || witnessDemand(profile, pinned.policy) !== witnessDemand(profile, trust.policy);
  const what = first === undefined ? 'another quorum of witnesses' : `another key of ${first.kind} ${first.name}, or none`;
  if (isOther && !isSigned(profile, trust, note, pinned))
    throw new TrustFileError('KEY_PINNED', `the file has ${what}, and no note of a pinned key says so`);
  return trust;
}

function parse(text: string): { readonly trust: Trust; readonly note: string | null } {
  if (text.length > TRUST_FILE_MAX) throw new TrustFileError('MALFORMED', 'larger than a trust file can be');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new TrustFileError('MALFORMED', 'not JSON');
  }
  const change = zTrustChange.safeParse(content);
  if (change.success) return change.data;
  const plain = zTrust.safeParse(content);
  if (plain.success) return { trust: plain.data, note: null };
  const issue = plain.error.issues[0];
  throw new TrustFileError('MALFORMED', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong form'}`);
}

function isSigned(profile: CryptoProfile, trust: Trust, note: string | null, pinned: Trust): boolean {
  const key: VerifierKey | null = noteKey(pinned.logKey, nameOf(pinned.installation), SIGNATURE_TYPE.note);
  if (note === null || key === null) return false;
  try {
    const read = parseNote(note);
    return read.text === noteText(profile, trust) && openNote(noteSuite(profile), read, [key]).length > 0;
  } catch (error) {
    if (error instanceof LedgerFormatError) return false;
    throw error;
  }
}
