import { fromBase64Url, toBase64Url } from '@app/contracts';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { DerError, readChildren, readElement } from './der.js';
import type { SignedDer } from './signed-der.js';
import { readSignedDer, readSubjectKey } from './signed-der.js';
import { ATTRIBUTE, need, readExtensions, readName, readSerial, readTime, TAG } from './x509-fields.js';

/** Largest certificate that is read, in bytes. */
const CERTIFICATE_SIZE_BYTES_MAX = 6_000;
/** KeyUsage bits (RFC 5280 §4.2.1.3). */
const DIGITAL_SIGNATURE = 0x80;
const KEY_CERT_SIGN = 0x04;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

/** What a certificate says, read and not yet believed. */
export interface CertificateFacts {
  /** DER, base64url. */
  readonly der: string;
  /** Hash of the DER, hexadecimal: the certificate's name in bindings. */
  readonly fingerprint: string;
  readonly subject: {
    readonly name: string;
    readonly organisation: string | null;
    readonly creditCode: string | null;
    /** Subject attribute serialNumber: the authority's number of the person. */
    readonly number: string | null;
  };
  /** Distinguished names as text, for people. */
  readonly subjectText: string;
  readonly issuerText: string;
  /** Lower-case hexadecimal. */
  readonly serial: string;
  /** Tagged; null when the algorithm is not of the profile. */
  readonly publicKey: string | null;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isAuthority: boolean;
  /** pathLenConstraint (RFC 5280 §4.2.1.9); null where there is none. */
  readonly pathLength: number | null;
  /** Whether the key usages allow to sign what such a certificate is for: acts, or an authority's certificates. */
  readonly canSign: boolean;
}

export interface ParsedCertificate {
  readonly facts: CertificateFacts;
  readonly signed: SignedDer;
  /** Hexadecimal DER of the names, for comparison. */
  readonly subject: string;
  readonly issuer: string;
}

/** Certificates read last, by their text: the same few hundred sign a lot's thousands of commands. A pure function's memory. */
const parsed = new Map<string, ParsedCertificate | null>();
const PARSED_MAX = 4_096;

/** Reads DER in base64url; null when it is no certificate. */
export function parseCertificate(profile: CryptoProfile, der: string): ParsedCertificate | null {
  const known = parsed.get(der);
  if (known !== undefined) return known;
  const certificate = tryParse(profile, der);
  if (parsed.size >= PARSED_MAX) parsed.clear();
  parsed.set(der, certificate);
  return certificate;
}

function tryParse(profile: CryptoProfile, der: string): ParsedCertificate | null {
  try {
    const bytes = fromBase64Url(der);
    return bytes.length > CERTIFICATE_SIZE_BYTES_MAX ? null : parseBytes(profile, der, bytes);
  } catch {
    return null;
  }
}

/** TBSCertificate (RFC 5280 §4.1): version 3, serial, algorithm, issuer, validity, subject, key, extensions. */
function parseBytes(profile: CryptoProfile, der: string, bytes: Uint8Array): ParsedCertificate {
  const signed = readSignedDer(bytes);
  const fields = readChildren(readElement(signed.signed).content);
  if (fields[0]?.tag !== VERSION) throw new DerError('version');
  const [, serial, , issuer, validity, subject, key, ...rest] = fields;
  const [notBefore, notAfter] = readChildren(need(validity, TAG.sequence, 'validity').content);
  const issuerName = readName(issuer);
  const subjectName = readName(subject);
  const { isAuthority, pathLength, usage } = readExtensions(rest.find((field) => field.tag === EXTENSIONS));
  const value = (type: string): string | null => subjectName.values.get(type) ?? null;
  const facts: CertificateFacts = {
    der,
    fingerprint: profile.hashHex(bytes),
    subject: {
      name: value(ATTRIBUTE.commonName) ?? '',
      organisation: value(ATTRIBUTE.organisation),
      creditCode: value(ATTRIBUTE.organisationIdentifier),
      number: value(ATTRIBUTE.serialNumber),
    },
    subjectText: subjectName.text,
    issuerText: issuerName.text,
    serial: readSerial(serial),
    publicKey: readSubjectKey(need(key, TAG.sequence, 'key').whole),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    isAuthority,
    pathLength,
    canSign: usage === null || (usage & (isAuthority ? KEY_CERT_SIGN : DIGITAL_SIGNATURE)) !== 0,
  };
  return { facts, signed, subject: subjectName.der, issuer: issuerName.der };
}

/** Reads DER in base64url for display or binding; null when it is no certificate. Says nothing about trust. */
export function readCertificate(profile: CryptoProfile, der: string): CertificateFacts | null {
  return parseCertificate(profile, der)?.facts ?? null;
}

/** base64url of the DER inside a PEM text. */
export function derOfPem(pem: string): string {
  const body = pem.replace(/-----(BEGIN|END) [A-Z0-9 ]+-----/g, '').replace(/\s+/g, '');
  return toBase64Url(Uint8Array.from(atob(body), (char) => char.charCodeAt(0)));
}
