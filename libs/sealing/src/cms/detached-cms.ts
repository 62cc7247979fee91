import { equalBytes, fromBase64Url, fromHex, toBase64Url } from '@app/contracts';
import type { CertificateFacts, ParsedCertificate } from '../certificates/certificate.js';
import { parseCertificate } from '../certificates/certificate.js';
import { derOf, derSetOf, ecdsaDer, readChildren, readEcdsaSignature, readElement } from '../certificates/der.js';
import { verifySignedDer } from '../certificates/signed-der.js';
import { TAG } from '../certificates/x509-fields.js';
import type { CryptoProfile, Signer } from '../profile/crypto-profile.js';

/**
 * Signatures over documents for programs that know nothing of commands: detached CMS (RFC 5652) with the signed attributes that CAdES-B-B asks for
 * (ETSI EN 319 122-1 §5): content type, digest, and the signing certificate (ESS signing-certificate-v2, RFC 5035). No signing time, which
 * PAdES forbids, and which would be the signer's word alone.
 */

const oid = (content: string): Uint8Array => derOf(TAG.oid, fromHex(content));
const DATA = oid('2a864886f70d010701');
const SIGNED_DATA = oid('2a864886f70d010702');
const CONTENT_TYPE = oid('2a864886f70d010903');
const MESSAGE_DIGEST = oid('2a864886f70d010904');
const SIGNING_CERTIFICATE = oid('2a864886f70d010910022f');
const SHA256 = derOf(TAG.sequence, oid('608648016503040201'));
const ECDSA_SHA256 = derOf(TAG.sequence, oid('2a8648ce3d040302'));
const VERSION = derOf(TAG.integer, Uint8Array.of(1));
/** [0], constructed. */
const CONTEXT = 0xa0;
/** Largest CMS that is read: signature, attributes, and a chain of four of the largest certificates. */
const CMS_BYTES_MAX = 32_768;
const CHAIN_LENGTH_MAX = 4;

/** Whose signature it is; `issuers`: the other certificates in it, up to a root; whether that one is to be believed is
 * another question. DER, base64url. */
export interface DetachedSignature {
  readonly certificate: CertificateFacts;
  readonly issuers: readonly string[];
}

/** Signs a digest (SHA-256 of the document). `certificate`: the signer's own, `issuers`: those above it up to a
 * self-signed root, so that others find the way, or none. */
export async function signDetached(
  profile: CryptoProfile,
  signer: Signer,
  { certificate, issuers }: { readonly certificate: string; readonly issuers: readonly string[] },
  digest: Uint8Array,
): Promise<Uint8Array> {
  const leaf = parseCertificate(profile, certificate);
  if (leaf?.facts.publicKey !== signer.publicKey) throw new Error('the certificate is not of the key that signs');
  const attributes = attributesOf(profile, leaf, digest);
  const signature = fromBase64Url(await signer.sign(derOf(TAG.set, ...attributes)));
  return assemble(leaf, [certificate, ...issuers], attributes, signature);
}

/**
 * Reads such a signature and checks it over `digest`; null when it is not good. It is put together once more from what was read and compared, so
 * there is one form, with nothing in it that was not looked at.
 */
export function readDetached(profile: CryptoProfile, cms: Uint8Array, digest: Uint8Array): DetachedSignature | null {
  try {
    if (cms.length > CMS_BYTES_MAX) return null;
    const { certificates, signature } = fieldsOf(cms);
    for (const certificate of certificates) {
      const leaf = parseCertificate(profile, certificate);
      if (leaf?.facts.publicKey == null) continue;
      const attributes = attributesOf(profile, leaf, digest);
      if (!equalBytes(assemble(leaf, certificates, attributes, signature), cms)) continue;
      const others = certificates.filter((other) => other !== certificate);
      const issuers = issuersOf(profile, certificate, others);
      // Nothing signs the other certificates but they each other.
      const isWhole =
        issuers.length === others.length && profile.verifyBytes(leaf.facts.publicKey, derOf(TAG.set, ...attributes), signature);
      return isWhole ? { certificate: leaf.facts, issuers } : null;
    }
    return null;
  } catch {
    return null;
  }
}

/** Authorities among `authorities` above a certificate, from its issuer to a self-signed root; none when there is no such way. */
export function issuersOf(profile: CryptoProfile, certificate: string, authorities: readonly string[]): string[] {
  const known = authorities.map((der) => parseCertificate(profile, der)).filter((read) => read !== null);
  const chain: string[] = [];
  for (let below = parseCertificate(profile, certificate); below !== null && chain.length < CHAIN_LENGTH_MAX;) {
    const { issuer, signed } = below;
    const above = known.find(
      ({ subject, facts }) =>
        subject === issuer && facts.isAuthority && facts.publicKey !== null && verifySignedDer(profile, signed, facts.publicKey),
    );
    if (above === undefined) return [];
    if (above.facts.der === below.facts.der) return chain;
    chain.push(above.facts.der);
    below = above;
  }
  return [];
}

/** In the order of their bytes, as they are signed. */
function attributesOf(profile: CryptoProfile, leaf: ParsedCertificate, digest: Uint8Array): Uint8Array[] {
  const attribute = (type: Uint8Array, value: Uint8Array): Uint8Array => derOf(TAG.sequence, type, derOf(TAG.set, value));
  const certificateHash = derOf(TAG.octets, profile.hash(fromBase64Url(leaf.facts.der)));
  const reference = derOf(TAG.sequence, derOf(TAG.sequence, derOf(TAG.sequence, certificateHash)));
  const set = derSetOf(TAG.set, [
    attribute(CONTENT_TYPE, DATA),
    attribute(MESSAGE_DIGEST, derOf(TAG.octets, digest)),
    attribute(SIGNING_CERTIFICATE, reference),
  ]);
  return readChildren(readElement(set).content).map(({ whole }) => whole);
}

function assemble(
  leaf: ParsedCertificate,
  certificates: readonly string[],
  attributes: readonly Uint8Array[],
  signature: Uint8Array,
): Uint8Array {
  const signerInfo = derOf(
    TAG.sequence,
    VERSION,
    derOf(TAG.sequence, fromHex(leaf.issuer), serialOf(leaf)),
    SHA256,
    derOf(CONTEXT, ...attributes),
    ECDSA_SHA256,
    derOf(TAG.octets, ecdsaDer(signature)),
  );
  const signedData = derOf(
    TAG.sequence,
    VERSION,
    derOf(TAG.set, SHA256),
    derOf(TAG.sequence, DATA),
    derSetOf(
      CONTEXT,
      certificates.map((der) => fromBase64Url(der)),
    ),
    derOf(TAG.set, signerInfo),
  );
  return derOf(TAG.sequence, SIGNED_DATA, derOf(CONTEXT, signedData));
}

/** The serial number as the certificate writes it: the second field after the version. */
function serialOf(leaf: ParsedCertificate): Uint8Array {
  const [, serial] = readChildren(readElement(leaf.signed.signed).content);
  if (serial === undefined) throw new Error('a certificate without a serial number');
  return serial.whole;
}

/** What is in it that cannot be computed: certificates, and the signature as r‖s. */
function fieldsOf(cms: Uint8Array): { certificates: string[]; signature: Uint8Array } {
  const inner = readElement(readElement(readElement(cms).content, SIGNED_DATA.length).content);
  const [, , , certificates, signerInfos] = readChildren(inner.content);
  const signerInfo = signerInfos === undefined ? undefined : readElement(signerInfos.content);
  const signature = signerInfo === undefined ? undefined : readChildren(signerInfo.content).at(-1);
  if (certificates === undefined || signature === undefined) throw new Error('not a signature of this form');
  return {
    certificates: readChildren(certificates.content).map(({ whole }) => toBase64Url(whole)),
    signature: readEcdsaSignature(signature.content),
  };
}
