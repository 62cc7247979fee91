import type { Context, SignerRef } from '@app/contracts';

/** Who signed, checked: what the pipeline knows of a signer whose signature fits and whose certificate is good. */
export interface SignerFacts {
  readonly assurance: Context['actor']['assurance'];
  /** The key that must have signed. */
  readonly publicKey: string;
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly organisation: { readonly id: string; readonly name: string } | null;
  /** 统一社会信用代码 (unified social credit code) of the organisation. */
  readonly creditCode: string | null;
  /** Fingerprint of the certificate; null for nodes. */
  readonly fingerprint: string | null;
  /** Canonical texts, made once per signer: part `who` is put together from them. */
  readonly text: { readonly signer: string; readonly person: string; readonly organisation: string; readonly evidence: string };
  readonly ref: SignerRef;
}

/** Whom a party of a lot is bound to: part `d:binding:<party>` (plan of the parties). */
export interface PartyBinding {
  readonly person: string | null;
  readonly organisation: string | null;
  readonly certificate: string | null;
  readonly nodeKey: string | null;
}

/**
 * Whether this signer may act as a party with this binding. A node by its key alone; a person by the certificate when the
 * binding names one, and by the person, or the organisation he acts for.
 */
export function fitsBinding(signer: SignerFacts, binding: PartyBinding): boolean {
  if (signer.assurance === 'node') return binding.nodeKey !== null && binding.nodeKey === signer.publicKey;
  if (binding.nodeKey !== null || signer.person === null) return false;
  if (binding.certificate !== null && binding.certificate !== signer.fingerprint) return false;
  if (binding.person !== null) return binding.person === signer.person.id;
  if (binding.organisation !== null) return signer.organisation !== null && binding.organisation === signer.organisation.id;
  return binding.certificate !== null;
}
