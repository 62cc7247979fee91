import { base64nopad, bech32 } from '@scure/base';
import { concatBytes, equalBytes, fromUtf8, utf8 } from '@app/contracts';
import type { Primitives } from '../profile/primitives.js';

/** Header of the age v1 file format (C2SP age.md): who can unwrap the file key, under a MAC by that key. */

const VERSION_LINE = 'age-encryption.org/v1\n';
const RECIPIENT_LABEL = 'age-encryption.org/v1/X25519';
const STANZA = /^-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n$/;
const MAC_LINE = '--- ';
export const FILE_KEY_SIZE = 16;
const NO_SALT = new Uint8Array(0);
const ZERO_NONCE = new Uint8Array(12);
/** Header of one recipient: version, stanza of two lines, MAC. */
export const HEADER_SIZE = VERSION_LINE.length + '-> X25519 '.length + 44 + 44 + MAC_LINE.length + 44;

/** Thrown when bytes are not a header of the one shape used here: exactly one recipient of the profile's key agreement. */
export class HeaderError extends Error {
  constructor(reason: string) {
    super(`not a header of this profile: ${reason}`);
    this.name = 'HeaderError';
  }
}

/** Writes the header for one recipient. `ephemeral` and `fileKey` are secret and serve this file only. */
export function writeHeader(primitives: Primitives, recipient: Uint8Array, fileKey: Uint8Array, ephemeral: Uint8Array): Uint8Array {
  const share = primitives.agreementPublicKey(ephemeral);
  const wrapKey = wrapKeyOf(primitives, primitives.agree(ephemeral, recipient), share, recipient);
  const body = primitives.aeadSeal(wrapKey, ZERO_NONCE, fileKey);
  const text = `${VERSION_LINE}-> X25519 ${base64nopad.encode(share)}\n${base64nopad.encode(body)}\n---`;
  return concatBytes(utf8(text), utf8(` ${base64nopad.encode(macOf(primitives, fileKey, utf8(text)))}\n`));
}

interface ParsedHeader {
  readonly share: Uint8Array;
  readonly body: Uint8Array;
  /** What the MAC covers: everything up to and with `---`. */
  readonly covered: Uint8Array;
  readonly mac: Uint8Array;
}

/** Reads exactly one header, with nothing after it; throws {@link HeaderError}. */
export function readHeader(header: Uint8Array): ParsedHeader {
  if (header.length !== HEADER_SIZE) throw new HeaderError(`${header.length} bytes instead of ${HEADER_SIZE}`);
  const text = asText(header);
  const macAt = text.lastIndexOf(`\n${MAC_LINE}`) + 1;
  const stanza = STANZA.exec(text.slice(VERSION_LINE.length, macAt));
  if (!text.startsWith(VERSION_LINE) || stanza === null || !text.endsWith('\n')) throw new HeaderError('shape');
  return {
    share: decode(stanza[1] ?? ''),
    body: decode(stanza[2] ?? ''),
    covered: header.subarray(0, macAt + 3),
    mac: decode(text.slice(macAt + MAC_LINE.length, -1)),
  };
}

function asText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new HeaderError('not text');
  }
}

function decode(text: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = base64nopad.decode(text);
  } catch {
    throw new HeaderError('base64');
  }
  if (bytes.length !== 32) throw new HeaderError('size of a field');
  return bytes;
}

/** Whether the file key is the one this header was made with: its MAC fits. False on a malformed header or key. */
export function headerFits(primitives: Primitives, header: Uint8Array, fileKey: Uint8Array): boolean {
  try {
    const { covered, mac } = readHeader(header);
    return fileKey.length === FILE_KEY_SIZE && equalBytes(macOf(primitives, fileKey, covered), mac);
  } catch {
    return false;
  }
}

/** File key for the holder of a private key; null when the header is not for him or its MAC does not fit. */
export function unwrapHeader(primitives: Primitives, header: Uint8Array, privateKey: Uint8Array): Uint8Array | null {
  const { share } = readHeader(header);
  try {
    return unwrapAgreed(primitives, header, primitives.agreementPublicKey(privateKey), primitives.agree(privateKey, share));
  } catch {
    return null;
  }
}

/** The same for a holder whose key is elsewhere: `agreed` is what it makes with the header's share. Throws {@link HeaderError} on no header. */
export function unwrapAgreed(primitives: Primitives, header: Uint8Array, recipient: Uint8Array, agreed: Uint8Array): Uint8Array | null {
  const { share, body } = readHeader(header);
  try {
    const fileKey = primitives.aeadOpen(wrapKeyOf(primitives, agreed, share, recipient), ZERO_NONCE, body);
    return headerFits(primitives, header, fileKey) ? fileKey : null;
  } catch {
    return null;
  }
}

function wrapKeyOf(primitives: Primitives, shared: Uint8Array, share: Uint8Array, recipient: Uint8Array): Uint8Array {
  return primitives.derive(shared, concatBytes(share, recipient), utf8(RECIPIENT_LABEL), 32);
}

function macOf(primitives: Primitives, fileKey: Uint8Array, covered: Uint8Array): Uint8Array {
  return primitives.mac(primitives.derive(fileKey, NO_SALT, utf8('header'), 32), covered);
}

/** `AGE-SECRET-KEY-1…`: what public tools take to open a file with this private key. */
export function identityText(privateKey: Uint8Array): string {
  return bech32.encodeFromBytes('age-secret-key-', privateKey).toUpperCase();
}

/** The private key in such a text; null when it is none. */
export function identityKey(text: string): Uint8Array | null {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text.toLowerCase());
    return prefix === 'age-secret-key-' && bytes.length === 32 ? bytes : null;
  } catch {
    return null;
  }
}

/** `age1…`: what public tools take to encrypt to this public key. */
export function recipientText(publicKey: Uint8Array): string {
  return bech32.encodeFromBytes('age', publicKey);
}
