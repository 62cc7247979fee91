import fontUrl from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import type * as Documents from '@app/documents';
import { RequestError } from '@app/client';
import { type CryptoProfile, issuersOf } from '@app/sealing';
import type { Holder } from './identity/session.js';
import { useClockStore } from './installation/clock.js';
import { useTrustStore } from './trust/trust.js';

/** What PDF files are made with. Large (a font of ten megabytes above all), so it comes when the first one is asked for. */
export interface DocumentKit {
  readonly documents: typeof Documents;
  readonly font: Uint8Array;
}

/** Throws {@link RequestError} `UNAVAILABLE` when it does not come. */
export async function loadDocuments(): Promise<DocumentKit> {
  try {
    const [documents, answer] = await Promise.all([import('@app/documents'), fetch(fontUrl)]);
    if (!answer.ok) throw new Error(answer.statusText);
    return { documents, font: new Uint8Array(await answer.arrayBuffer()) };
  } catch (error) {
    throw new RequestError('UNAVAILABLE', 'what documents are made with did not come', { cause: error });
  }
}

/** How the person at this browser signs a document now: with the key that stays here, and the way to a root that is pinned or told, where there is one. */
export function useSigning() {
  const trust = useTrustStore();
  const clock = useClockStore();
  return (profile: CryptoProfile, { certificate, signer }: Holder): Omit<Documents.PdfSigning, 'reason'> => ({
    signer,
    certificate,
    issuers: issuersOf(profile, certificate.der, (trust.pinned ?? trust.told)?.roots ?? []),
    at: new Date(clock.now).toISOString(),
  });
}
