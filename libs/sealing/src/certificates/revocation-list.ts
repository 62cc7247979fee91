import { fromBase64Url } from '@app/contracts';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { ParsedCertificate } from './certificate.js';
import type { DerElement } from './der.js';
import { readChildren, readElement } from './der.js';
import type { SignedDer } from './signed-der.js';
import { readSignedDer, verifySignedDer } from './signed-der.js';
import { need, readName, readSerial, readTime, TAG } from './x509-fields.js';

/** Largest list that is read, in bytes: about 100,000 revoked certificates. */
const REVOCATION_LIST_SIZE_BYTES_MAX = 4_000_000;

/** A signed revocation list (RFC 5280 §5), read and not yet believed. */
export interface RevocationList {
  readonly issuerText: string;
  /** Hexadecimal DER of the issuer's name, for comparison. */
  readonly issuer: string;
  readonly thisUpdate: string;
  /** Null: the authority gave no date; the list then never goes stale. */
  readonly nextUpdate: string | null;
  /** Serial number (lower-case hexadecimal) → instant of revocation. */
  readonly revoked: ReadonlyMap<string, string>;
  readonly signed: SignedDer;
}

/** Reads DER in base64url; null when it is no list. */
export function readRevocationList(der: string): RevocationList | null {
  try {
    const bytes = fromBase64Url(der);
    return bytes.length > REVOCATION_LIST_SIZE_BYTES_MAX ? null : parseList(bytes);
  } catch {
    return null;
  }
}

/** TBSCertList (RFC 5280 §5.1): version 2, algorithm, issuer, this update, next update, revoked certificates, extensions. */
function parseList(bytes: Uint8Array): RevocationList {
  const signed = readSignedDer(bytes);
  const fields = readChildren(readElement(signed.signed).content);
  if (fields[0]?.tag === TAG.integer) fields.shift();
  const [, issuer, thisUpdate, ...rest] = fields;
  const nextUpdate = rest[0] !== undefined && rest[0].tag < 0x20 ? rest.shift() : undefined;
  const name = readName(issuer);
  return {
    issuerText: name.text,
    issuer: name.der,
    thisUpdate: readTime(thisUpdate),
    nextUpdate: nextUpdate === undefined ? null : readTime(nextUpdate),
    revoked: readRevoked(rest[0]?.tag === TAG.sequence ? rest[0] : undefined),
    signed,
  };
}

function readRevoked(list: DerElement | undefined): Map<string, string> {
  const revoked = new Map<string, string>();
  for (const item of list === undefined ? [] : readChildren(list.content)) {
    const [serial, at] = readChildren(need(item, TAG.sequence, 'revoked certificate').content);
    revoked.set(readSerial(serial), readTime(at));
  }
  return revoked;
}

/** Whether the authority signed this list. */
export function isListOf(profile: CryptoProfile, list: RevocationList, authority: ParsedCertificate): boolean {
  const key = authority.facts.publicKey;
  return key !== null && list.issuer === authority.subject && verifySignedDer(profile, list.signed, key);
}
