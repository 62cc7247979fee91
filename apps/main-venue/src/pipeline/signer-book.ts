import type { Command, ErrorCode, SignerRef } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import type { Config } from '@app/platform';
import type { CertificateCheck, CryptoProfile } from '@app/sealing';
import { verifySessionGrant } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { refusedHere, Registry } from '../registry/live/registry.types.js';
import type { SignerFacts } from './signer-facts.js';

export interface SignerFault {
  readonly code: Extract<ErrorCode, 'CERT_UNKNOWN' | 'CERT_EXPIRED' | 'CERT_REVOKED' | 'BAD_SIGNATURE' | 'WRONG_LOG'>;
  readonly message: string;
}
export const isFault = (value: SignerFacts | SignerFault): value is SignerFault => 'code' in value;

const SIGNERS_KNOWN_MAX = 20_000;
const NO_EVIDENCE = '{"chain":[],"revocation":null}';

interface Known {
  /** Of which registry this was said; another generation means to look again. */
  readonly generation: number;
  readonly facts: SignerFacts;
  readonly notBefore: string;
  readonly notAfter: string;
  /** The second of the last full check of the certificate: within one second revocation lists are not read again. */
  second: string;
}

/**
 * Who stands behind a signature: certificate, grant, person. Reading a certificate costs more than checking a signature, so
 * what does not depend on time is kept; validity is compared for every command, revocation once a second and after every
 * change of the registry.
 */
@Injectable()
export class SignerBook {
  readonly #known = new Map<string, Known>();

  constructor(
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly registry: Registry,
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION'>,
  ) {}

  /** The signer's facts at `at`, or why he may not sign this. The signature itself is not looked at. */
  resolve(ref: SignerRef, command: Pick<Command, 'lot'>, at: string): SignerFacts | SignerFault | Promise<SignerFacts | SignerFault> {
    if (ref.kind === 'session') {
      if (ref.grant.installation !== this.config.INSTALLATION || (ref.grant.lot !== null && ref.grant.lot !== command.lot)) {
        return { code: 'WRONG_LOG', message: 'The session key was granted for another lot or installation.' };
      }
    }
    const name = nameOf(ref);
    const known = this.#known.get(name);
    if (known?.generation === this.registry.generation && known.second === at.slice(0, 19)) {
      return at >= known.notBefore && at <= known.notAfter ? known.facts : expired(known);
    }
    return this.#look(ref, name, at);
  }

  async #look(ref: SignerRef, name: string, at: string): Promise<SignerFacts | SignerFault> {
    if (ref.kind === 'node') return this.#node(ref);
    const check = this.registry.checkCertificate(ref.certificate, at);
    if (!check.ok) return check;
    const generation = this.registry.generation;
    const before = this.#known.get(name);
    if (before?.generation === generation) {
      before.second = at.slice(0, 19);
      return at >= before.notBefore && at <= before.notAfter ? before.facts : expired(before);
    }
    const holder = await this.registry.holder(check.certificate.fingerprint);
    if (holder === null) return { code: 'CERT_UNKNOWN', message: 'The certificate is not bound to anyone here.' };
    const refused = refusedHere(holder, at);
    if (refused !== null) return { code: 'CERT_REVOKED', message: refused };
    const key = check.certificate.publicKey;
    if (key === null) return { code: 'CERT_UNKNOWN', message: 'The certificate has no key of this profile.' };
    if (ref.kind === 'session' && !verifySessionGrant(this.profile, key, ref.grant, ref.grantSignature)) {
      return { code: 'BAD_SIGNATURE', message: 'The session grant is not signed by the certificate, or its window is too long.' };
    }
    const known: Known = {
      generation,
      second: at.slice(0, 19),
      notBefore: ref.kind === 'session' ? later(ref.grant.notBefore, check.certificate.notBefore) : check.certificate.notBefore,
      notAfter: ref.kind === 'session' ? earlier(ref.grant.notAfter, check.certificate.notAfter) : check.certificate.notAfter,
      facts: {
        assurance: ref.kind,
        publicKey: ref.kind === 'session' ? ref.grant.publicKey : key,
        person: holder.person,
        organisation: holder.organisation,
        creditCode: holder.creditCode,
        fingerprint: check.certificate.fingerprint,
        ref,
        text: texts(ref, holder, check),
      },
    };
    if (this.#known.size >= SIGNERS_KNOWN_MAX) this.#known.clear();
    this.#known.set(name, known);
    return at >= known.notBefore && at <= known.notAfter ? known.facts : expired(known);
  }

  #node(ref: Extract<SignerRef, { kind: 'node' }>): SignerFacts | SignerFault {
    if (this.registry.nodeKey(ref.name) !== ref.publicKey) {
      return { code: 'CERT_UNKNOWN', message: `This is not the registered key of node ${ref.name}.` };
    }
    return nodeFacts(ref);
  }
}

/** Facts of a node's signature; its key is the registry's. */
const nodeFacts = (ref: Extract<SignerRef, { kind: 'node' }>): SignerFacts => ({
  assurance: 'node',
  publicKey: ref.publicKey,
  person: null,
  organisation: null,
  creditCode: null,
  fingerprint: null,
  ref,
  text: { signer: canonicalText(ref), person: 'null', organisation: 'null', evidence: NO_EVIDENCE },
});

/** All that the reference says, so that another grant under the same certificate is another signer. */
function nameOf(ref: SignerRef): string {
  if (ref.kind === 'certificate') return ref.certificate;
  if (ref.kind === 'node') return `${ref.name}\n${ref.publicKey}`;
  const { grant } = ref;
  const window = `${grant.notBefore}\n${grant.notAfter}\n${grant.lot ?? ''}\n${grant.seat ?? ''}\n${String(grant.lot === null)}${String(grant.seat === null)}`;
  return `${ref.certificate}\n${ref.grantSignature}\n${grant.publicKey}\n${window}`;
}

function texts(
  ref: SignerRef,
  holder: Pick<SignerFacts, 'person' | 'organisation'>,
  check: CertificateCheck & { ok: true },
): SignerFacts['text'] {
  return {
    signer: canonicalText(ref),
    person: canonicalText(holder.person),
    organisation: canonicalText(holder.organisation),
    evidence: canonicalText({ chain: check.evidence.chain, revocation: check.evidence.revocation }),
  };
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
const expired = (known: Known): SignerFault => ({
  code: 'CERT_EXPIRED',
  message: `The certificate or session grant is valid from ${known.notBefore} to ${known.notAfter}.`,
});
