import { fromBase64Url, fromHex, toBase64Url } from '@app/contracts';
import { type CryptoProfile, issuersOf, readDetached, signDetached } from '@app/sealing';
import type { Holder } from './identity/session.js';
import { useSigning } from './documents.js';
import { useTrustStore } from './trust/trust.js';

/** Who signed a file as such (detached CMS), as this device finds it. */
export interface FileSigner {
  readonly name: string;
  readonly organisation: string | null;
  /** Whether the certificate leads to a root that is pinned on this device. */
  readonly isTrusted: boolean;
}

/** Over the file of this hash (hexadecimal); null: no good signature. */
function fileSigner(profile: CryptoProfile, hash: string, signature: string, roots: readonly string[]): FileSigner | null {
  const read = readDetached(profile, fromBase64Url(signature), fromHex(hash));
  if (read === null) return null;
  const { der, subject } = read.certificate;
  return { name: subject.name, organisation: subject.organisation, isTrusted: issuersOf(profile, der, roots).length > 0 };
}

/** Signs files by their hash with the key that stays in this browser, and reads who signed one. */
export function useFileSignatures() {
  const trust = useTrustStore();
  const signingAs = useSigning();
  return {
    signerOf: (profile: CryptoProfile, hash: string, signature: string): FileSigner | null =>
      fileSigner(profile, hash, signature, trust.pinned?.roots ?? []),
    async sign(profile: CryptoProfile, holder: Holder, hash: string): Promise<string> {
      const { signer, certificate, issuers } = signingAs(profile, holder);
      return toBase64Url(await signDetached(profile, signer, { certificate: certificate.der, issuers }, fromHex(hash)));
    },
  };
}
