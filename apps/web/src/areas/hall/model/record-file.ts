import type { SignedFile, PdfSigning } from '@app/documents';
import type { LotState } from '@app/evaluation';
import { partyAs } from './session.js';

/** How somebody signs the record as a file: in it, as who leads or supervises the opening, or beside it, as who is present. */
export type RecordSigning = 'openingRecord' | 'supervision' | 'detached';

/** Null for whoever has no part in the lot. */
export function recordSigning(state: LotState, mine: readonly string[]): RecordSigning | null {
  if (partyAs(state, mine, 'agency') !== null) return 'openingRecord';
  if (partyAs(state, mine, 'supervisor') !== null) return 'supervision';
  return (['tenderer', 'witness', 'bidder'] as const).some((role) => partyAs(state, mine, role) !== null) ? 'detached' : null;
}

/** A good signature, as it is shown. */
export interface ShownSigner {
  readonly name: string;
  /** By the signer's own clock; null where the signature says none. */
  readonly at: string | null;
  /** Whether the certificate leads to a root that is pinned on this device. */
  readonly isTrusted: boolean;
}

export function signersOf(
  file: SignedFile,
  nameOf: (certificate: PdfSigning['certificate']) => string,
  isTrusted: (der: string) => boolean,
): readonly ShownSigner[] {
  const signatures = file.kind === 'pdf' ? file.signatures : [{ ...file.signature, at: null }];
  return signatures.map(({ certificate, at }) => ({ name: nameOf(certificate), at, isTrusted: isTrusted(certificate.der) }));
}
