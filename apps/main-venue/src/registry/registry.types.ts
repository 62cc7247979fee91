import type { CertificateCheck } from '@app/sealing';

/** The person and organisation behind a certificate, as the registry names them now. */
export interface Holder {
  readonly person: { readonly id: string; readonly name: string };
  readonly organisation: { readonly id: string; readonly name: string } | null;
  /** 统一社会信用代码 of the organisation. */
  readonly creditCode: string | null;
}

/** What the pipeline asks of the registry. */
export abstract class Registry {
  /** Grows with every change; what was read under another generation must be read again. */
  abstract readonly generation: number;
  /** Whether the certificate was good at `at` by the authorities and revocation lists of the registry. */
  abstract checkCertificate(der: string, at: string): CertificateCheck;
  /** Who holds the certificate with this fingerprint; null when it is bound to nobody. */
  abstract holder(fingerprint: string): Promise<Holder | null>;
  /** Tagged public key of a venue's node (`node:sub-1` or `sub-1`); null for an unknown one. */
  abstract nodeKey(name: string): string | null;
}
