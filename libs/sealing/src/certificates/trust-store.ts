import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { CertificateFacts, ParsedCertificate } from './certificate.js';
import { parseCertificate } from './certificate.js';
import type { RevocationList } from './revocation-list.js';
import { isListOf, readRevocationList } from './revocation-list.js';
import { verifySignedDer } from './signed-der.js';

/** What an installation trusts: roots, authorities below them, and the newest list of each that issues certificates. All DER in base64url. */
export interface TrustAnchors {
  readonly roots: readonly string[];
  readonly intermediates?: readonly string[];
  readonly revocationLists: readonly string[];
}

/** What is recorded beside an act so that anybody can check the certificate later (part `who`). */
export interface CertificateEvidence {
  /** From the issuer to the root. */
  readonly chain: readonly string[];
  readonly revocation: string | null;
}

export type CertificateCheck =
  | { readonly ok: true; readonly certificate: CertificateFacts; readonly evidence: CertificateEvidence }
  | { readonly ok: false; readonly code: 'CERT_UNKNOWN' | 'CERT_EXPIRED' | 'CERT_REVOKED'; readonly message: string };

const CHAIN_LENGTH_MAX = 4;
const CACHE_MAX = 10_000;

interface KnownList {
  readonly der: string;
  readonly list: RevocationList;
  /** Fingerprints of the authorities whose key signed it. */
  readonly signers: ReadonlySet<string>;
}
interface Path {
  readonly certificate: ParsedCertificate;
  readonly chain: readonly ParsedCertificate[];
}

/**
 * Decides whether a certificate was good at an instant. What does not depend on time (signatures of the chain, of the lists)
 * is computed once and kept; validity and revocation are looked at on every call. A new list means a new store.
 */
export class TrustStore {
  readonly #profile: CryptoProfile;
  readonly #roots: ReadonlySet<string>;
  readonly #authorities: readonly ParsedCertificate[];
  readonly #lists: readonly KnownList[];
  /** Certificate → path to a root, or null when there is none; grows to CACHE_MAX, then starts over. */
  readonly #paths = new Map<string, Path | null>();

  /** Throws when an anchor is no authority's certificate, or a list is signed by none of them. */
  constructor(profile: CryptoProfile, anchors: TrustAnchors) {
    this.#profile = profile;
    const read = (der: string): ParsedCertificate => {
      const authority = parseCertificate(profile, der);
      if (authority?.facts.isAuthority !== true) throw new Error('an anchor is not the certificate of an authority');
      return authority;
    };
    const roots = anchors.roots.map(read);
    this.#roots = new Set(roots.map((root) => root.facts.fingerprint));
    this.#authorities = [...roots, ...(anchors.intermediates ?? []).map(read)];
    this.#lists = anchors.revocationLists.map((der) => {
      const list = readRevocationList(der);
      const signers = list === null ? [] : this.#authorities.filter((authority) => isListOf(profile, list, authority));
      if (list === null || signers.length === 0) throw new Error('a revocation list is not signed by a known authority');
      return { der, list, signers: new Set(signers.map((authority) => authority.facts.fingerprint)) };
    });
  }

  /** Whether the certificate is one a person or node may act with at `at` (an instant), and why not. */
  check(der: string, at: string): CertificateCheck {
    const path = this.#pathOf(der);
    if (path === null) return fault('CERT_UNKNOWN', 'The certificate is not issued by a trusted authority.');
    const { facts } = path.certificate;
    for (const item of [facts, ...path.chain.map((authority) => authority.facts)])
      if (at < item.notBefore || at > item.notAfter)
        return fault('CERT_EXPIRED', `The certificate ${item.subjectText} is valid from ${item.notBefore} to ${item.notAfter}.`);
    const known = this.#newestList(path.chain[0], at);
    if (known === null) return fault('CERT_UNKNOWN', 'There is no current revocation list of the authority that issued the certificate.');
    const revokedAt = known.list.revoked.get(facts.serial);
    if (revokedAt !== undefined && revokedAt <= at) return fault('CERT_REVOKED', `The certificate was revoked at ${revokedAt}.`);
    return { ok: true, certificate: facts, evidence: { chain: path.chain.map((item) => item.facts.der), revocation: known.der } };
  }

  /** The newest list of the issuer that existed at the instant and had not run out then. */
  #newestList(issuer: ParsedCertificate | undefined, at: string): KnownList | null {
    let newest: KnownList | null = null;
    for (const known of this.#lists) {
      const { list, signers } = known;
      if (issuer === undefined || !signers.has(issuer.facts.fingerprint)) continue;
      if (list.thisUpdate > at || (list.nextUpdate !== null && list.nextUpdate < at)) continue;
      if (newest === null || list.thisUpdate > newest.list.thisUpdate) newest = known;
    }
    return newest;
  }

  #pathOf(der: string): Path | null {
    const known = this.#paths.get(der);
    if (known !== undefined) return known;
    const certificate = parseCertificate(this.#profile, der);
    const usable = certificate?.facts.publicKey != null && !certificate.facts.isAuthority && certificate.facts.canSign;
    const chain = usable ? this.#chainOf(certificate, []) : null;
    const path = certificate === null || chain === null ? null : { certificate, chain };
    if (this.#paths.size >= CACHE_MAX) this.#paths.clear();
    this.#paths.set(der, path);
    return path;
  }

  /** Issuers above `below` up to a root, or null. Names are compared first: a signature check is the expensive part. */
  #chainOf(item: ParsedCertificate, below: readonly ParsedCertificate[]): ParsedCertificate[] | null {
    if (below.length === CHAIN_LENGTH_MAX) return null;
    for (const authority of this.#authorities) {
      const { publicKey, canSign, fingerprint, pathLength } = authority.facts;
      if (authority.subject !== item.issuer || publicKey === null || !canSign) continue;
      // pathLenConstraint counts the authorities below that are not issued to themselves (RFC 5280 §4.2.1.9).
      if (pathLength !== null && below.filter(({ subject, issuer }) => subject !== issuer).length > pathLength) continue;
      if (!verifySignedDer(this.#profile, item.signed, publicKey)) continue;
      if (this.#roots.has(fingerprint)) return [authority];
      const rest = this.#chainOf(authority, [...below, authority]);
      if (rest !== null) return [authority, ...rest];
    }
    return null;
  }
}

function fault(code: 'CERT_UNKNOWN' | 'CERT_EXPIRED' | 'CERT_REVOKED', message: string): CertificateCheck {
  return { ok: false, code, message };
}

/**
 * The same check from recorded evidence alone, as a verifier does it: `roots` come from its trust file, chain and list from the
 * entry. Evidence that does not hold is CERT_UNKNOWN. Entries share their evidence, so stores are kept by its text.
 */
export class RecordedCertificates {
  readonly #profile: CryptoProfile;
  readonly #roots: readonly string[];
  readonly #stores = new Map<string, TrustStore | null>();

  constructor(profile: CryptoProfile, roots: readonly string[]) {
    this.#profile = profile;
    this.#roots = roots;
  }

  check(certificate: string, evidence: CertificateEvidence, at: string): CertificateCheck {
    const store = this.#storeOf(evidence);
    if (store === null) return fault('CERT_UNKNOWN', 'The recorded evidence does not lead from the certificate to a trusted authority.');
    return store.check(certificate, at);
  }

  #storeOf(evidence: CertificateEvidence): TrustStore | null {
    const name = JSON.stringify(evidence);
    const known = this.#stores.get(name);
    if (known !== undefined) return known;
    const store = this.#build(evidence);
    if (this.#stores.size >= CACHE_MAX) this.#stores.clear();
    this.#stores.set(name, store);
    return store;
  }

  #build(evidence: CertificateEvidence): TrustStore | null {
    const intermediates = evidence.chain.filter((der) => !this.#roots.includes(der));
    const revocationLists = evidence.revocation === null ? [] : [evidence.revocation];
    try {
      return new TrustStore(this.#profile, { roots: this.#roots, intermediates, revocationLists });
    } catch {
      return null;
    }
  }
}
