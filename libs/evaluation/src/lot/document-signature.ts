import { fromBase64Url, fromHex } from '@app/contracts';
import { readDetached } from '@app/sealing';
import { refuse, type Refused } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { profileFor } from './crypto.js';
import { bindingOf } from './selectors.js';

/** Why this is not the party's signature over a document of this hash, or null; no signature is no fault. */
export function signatureFault(state: LotState, party: string, hash: string, signature: string | undefined): Refused | null {
  if (signature === undefined) return null;
  const read = readDetached(profileFor(state), bytesOf(signature), fromHex(hash));
  if (read === null) return refuse('E_INPUT', 'signature: it is no good signature over this document');
  // Whoever is not told who the party is leaves the comparison out: what comes of the act is the same for every certificate that fits.
  const bound = bindingOf(state, party)?.certificate ?? null;
  if (bound === null || bound === read.certificate.fingerprint) return null;
  return refuse('E_INPUT', 'signature: it is made with another certificate than yours');
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64Url(text);
  } catch {
    // Not the length of any bytes: no signature.
    return new Uint8Array();
  }
}
