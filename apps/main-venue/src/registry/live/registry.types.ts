import type { Right } from '@app/contracts';
import type { CertificateCheck } from '@app/sealing';

/** The person and organisation behind a certificate, as the registry names them now. */
export interface Holder {
  readonly person: { readonly id: string; readonly name: string };
  readonly organisation: { readonly id: string; readonly name: string } | null;
  /** 统一社会信用代码 of the organisation. */
  readonly creditCode: string | null;
  /** From when on this installation takes the certificate for nothing; null while it is good here. */
  readonly revokedAt: string | null;
}

/** What the pipeline asks of the registry. */
export abstract class Registry {
  /** Grows with every change that could matter here; what was read under another generation must be read again. */
  abstract readonly generation: number;
  /** Whether the certificate was good at `at` by the authorities and revocation lists of the registry. */
  abstract checkCertificate(der: string, at: string): CertificateCheck;
  /** Who holds the certificate with this fingerprint; null when it is bound to nobody. */
  abstract holder(fingerprint: string): Promise<Holder | null>;
  /** What the registry grants a person beyond the acts of lots. */
  abstract rightsOf(person: string): Promise<readonly Right[]>;
  /** Tagged public key of a venue's node (`node:sub-1` or `sub-1`); null for an unknown one. */
  abstract nodeKey(name: string): string | null;
}

/** Why a holder's certificate is refused at `at` though an authority stands behind it; null when it is not. */
export const refusedHere = ({ revokedAt }: Pick<Holder, 'revokedAt'>, at: string): string | null =>
  revokedAt !== null && revokedAt <= at ? `The certificate was revoked here at ${revokedAt}.` : null;
