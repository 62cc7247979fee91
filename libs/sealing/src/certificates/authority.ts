import { fromBase64Url, toBase64Url } from '@app/contracts';
import type * as X509 from '@peculiar/x509';
import { createPublicKey, randomBytes } from 'node:crypto';
import { publicKeyDer } from '../keys/der-keys.js';
import type { DeviceKey } from '../keys/device-key.js';
import { decodePublicKey } from '../keys/public-keys.js';
import type { LocalSigner } from '../profile/crypto-profile.js';

/**
 * A certificate authority for demonstrations, tests and pilots. A productive installation trusts the licensed authorities
 * (电子签名法 16, 17, 18) and imports their roots and lists; it does not issue.
 */
export interface Authority {
  /** DER, base64url. */
  readonly certificate: string;
  readonly signer: LocalSigner;
  readonly name: string;
}

export interface Subject {
  /** Of the person or node. */
  readonly name: string;
  readonly organisation?: string;
  /** 统一社会信用代码, 18 characters. */
  readonly creditCode?: string;
  readonly number?: string;
}

/** Instants (ISO 8601); X.509 keeps whole seconds. */
export interface Validity {
  readonly notBefore: string;
  readonly notAfter: string;
}

const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Loaded when something is issued: a venue never issues, and it takes a tenth of a second of its start. */
async function x509(): Promise<typeof X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** A self-signed root; `signer` must be a command key. */
export async function createAuthority(signer: LocalSigner, name: string, validity: Validity): Promise<Authority> {
  const { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator } =
    await x509();
  const publicKey = await importPublicKey(signer.publicKey);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [name] }, { C: ['CN'] }],
    notBefore: new Date(validity.notBefore),
    notAfter: new Date(validity.notAfter),
    signingAlgorithm: SIGNING,
    keys: { publicKey, privateKey: await importPrivateKey(signer) },
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return { certificate: toBase64Url(new Uint8Array(certificate.rawData)), signer, name };
}

/** A signing certificate (DER, base64url) for a tagged command key. */
export async function issue(authority: Authority, subject: Subject, publicKey: string, validity: Validity): Promise<string> {
  const {
    AuthorityKeyIdentifierExtension,
    BasicConstraintsExtension,
    KeyUsageFlags,
    KeyUsagesExtension,
    SubjectKeyIdentifierExtension,
    X509CertificateGenerator,
  } = await x509();
  const key = await importPublicKey(publicKey);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: [
      { CN: [subject.name] },
      ...(subject.organisation === undefined ? [] : [{ O: [subject.organisation] }]),
      ...(subject.creditCode === undefined ? [] : [{ '2.5.4.97': [subject.creditCode] }]),
      ...(subject.number === undefined ? [] : [{ '2.5.4.5': [subject.number] }]),
      { C: ['CN'] },
    ],
    issuer: [{ CN: [authority.name] }, { C: ['CN'] }],
    notBefore: new Date(validity.notBefore),
    notAfter: new Date(validity.notAfter),
    signingAlgorithm: SIGNING,
    publicKey: key,
    signingKey: await importPrivateKey(authority.signer),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true),
      await SubjectKeyIdentifierExtension.create(key),
      await AuthorityKeyIdentifierExtension.create(await importPublicKey(authority.signer.publicKey)),
    ],
  });
  return toBase64Url(new Uint8Array(certificate.rawData));
}

/** A signed revocation list (DER, base64url); `revoked`: serial numbers in hexadecimal with the instant each ended. */
export async function revocationList(
  authority: Authority,
  revoked: readonly { readonly serial: string; readonly at: string }[],
  period: { readonly thisUpdate: string; readonly nextUpdate: string },
): Promise<string> {
  const { X509CrlGenerator, X509CrlReason } = await x509();
  const list = await X509CrlGenerator.create({
    issuer: [{ CN: [authority.name] }, { C: ['CN'] }],
    thisUpdate: new Date(period.thisUpdate),
    nextUpdate: new Date(period.nextUpdate),
    signingAlgorithm: SIGNING,
    signingKey: await importPrivateKey(authority.signer),
    entries: revoked.map(({ serial, at }) => ({ serialNumber: serial, revocationDate: new Date(at), reason: X509CrlReason.unspecified })),
  });
  return toBase64Url(new Uint8Array(list.rawData));
}

/** 16 random bytes, positive and without leading zero. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function importPrivateKey(signer: LocalSigner): Promise<DeviceKey> {
  return crypto.subtle.importKey('pkcs8', Uint8Array.from(fromBase64Url(signer.privateKey)), CURVE, false, ['sign']);
}

async function importPublicKey(text: string): Promise<DeviceKey> {
  const key = decodePublicKey(text);
  if (key?.kind !== 'command') throw new Error('an authority of this profile certifies command keys only');
  // OpenSSL reads the compressed point of this SubjectPublicKeyInfo; certificates carry the uncompressed one.
  const spki = createPublicKey({ key: Buffer.from(publicKeyDer('command', key.raw)), format: 'der', type: 'spki' });
  return crypto.subtle.importKey('jwk', spki.export({ format: 'jwk' }), CURVE, true, ['verify']);
}
