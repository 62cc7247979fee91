import type { CommandPart, SigPart, WhoPart } from '@app/contracts';
import { checkSignedCommand, RecordedCertificates, verifySignature, type CertificateCheck, type CryptoProfile } from '@app/sealing';

export interface SignerVerdict {
  readonly signature: 'pass' | 'fail';
  readonly certificate: 'unanchored' | 'fail';
}

/**
 * Whether the signer of an entry of one log could sign it: the door's own check, run again on what the entry records. The roots of
 * the certificate authorities are nowhere in the log, so the chain is followed to the root that the entry itself records: that it
 * is a trusted one only a reader with roots from elsewhere can say (the offline verifier with `--trust`). The same holds of the
 * registered keys of nodes.
 */
export class SignerChecks {
  readonly #byRoot = new Map<string, RecordedCertificates>();
  readonly #installation: string;

  constructor(
    private readonly profile: CryptoProfile,
    private readonly origin: string,
  ) {
    this.#installation = origin.split('/')[0] ?? '';
  }

  /** `sig`: by the key of the lot that the command names, where it names one. */
  check({ signer, signature, evidence }: WhoPart, { command, context }: CommandPart, sig: SigPart | undefined): SignerVerdict {
    const signed = { command, signer, signature, ...(sig === undefined ? {} : { keySignature: sig.signature }), openings: {} };
    const verified = verifySignature(this.profile, signed);
    if (!verified.ok || command.origin !== this.origin) return { signature: 'fail', certificate: 'fail' };
    const trust = {
      installation: this.#installation,
      origin: this.origin,
      at: context.at,
      certificate: (der: string, at: string) => this.#certificate(der, evidence, at),
      nodeKey: () => (signer.kind === 'node' ? signer.publicKey : null),
    };
    const isInOrder = checkSignedCommand(this.profile, signed, trust, verified).ok;
    return { signature: 'pass', certificate: isInOrder ? 'unanchored' : 'fail' };
  }

  #certificate(der: string, evidence: WhoPart['evidence'], at: string): CertificateCheck {
    const root = evidence.chain.at(-1) ?? '';
    const known = this.#byRoot.get(root);
    const recorded = known ?? new RecordedCertificates(this.profile, [root]);
    if (known === undefined) this.#byRoot.set(root, recorded);
    return recorded.check(der, evidence, at);
  }
}
