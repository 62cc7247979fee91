import type { CertificateFacts } from '@app/sealing';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What the log says of whoever signed. */
export interface Said {
  readonly person: Named | null;
  readonly organisation: Named | null;
  /** 统一社会信用代码, where the log says one. */
  readonly creditCode?: string;
}

/**
 * Null, or how the log calls the signer for `who` otherwise than his certificate does: a name in the log is the venue's word, the
 * certificate's subject is the authority's. What a certificate does not say cannot be compared.
 */
export function misnamed(who: string, { person, organisation, creditCode }: Said, { subject }: CertificateFacts): string | null {
  if (person !== null && person.name !== subject.name) return `calls the person of ${who} ${person.name}, the certificate ${subject.name}`;
  if (organisation !== null && subject.organisation !== null && organisation.name !== subject.organisation)
    return `calls the organisation of ${who} ${organisation.name}, the certificate ${subject.organisation}`;
  if (creditCode !== undefined && subject.creditCode !== null && creditCode !== subject.creditCode)
    return `gives ${who} the credit code ${creditCode}, the certificate ${subject.creditCode}`;
  return null;
}
