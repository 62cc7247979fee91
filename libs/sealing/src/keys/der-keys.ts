import { concatBytes, equalBytes, fromHex } from '@app/contracts';

/** Kinds of keys with a DER form of fixed shape: RFC 5480 / 5915 (P-256), RFC 8410 (Ed25519, X25519). */
export type KeyKind = 'command' | 'node' | 'agreement';

/** Everything before the raw public key in SubjectPublicKeyInfo; the P-256 one is for a compressed point. */
const PUBLIC_PREFIX: Readonly<Record<KeyKind, Uint8Array>> = {
  command: fromHex('3039301306072a8648ce3d020106082a8648ce3d030107032200'),
  node: fromHex('302a300506032b6570032100'),
  agreement: fromHex('302a300506032b656e032100'),
};
/** Everything before the 32 secret bytes in PKCS#8. */
const PRIVATE_PREFIX: Readonly<Record<KeyKind, Uint8Array>> = {
  command: fromHex('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420'),
  node: fromHex('302e020100300506032b657004220420'),
  agreement: fromHex('302e020100300506032b656e04220420'),
};
/** Between secret and uncompressed public point in a P-256 PKCS#8. */
const PRIVATE_POINT = fromHex('a144034200');
const SECRET_SIZE = 32;
const POINT_SIZE = 65;

/** SubjectPublicKeyInfo of a raw public key (P-256: compressed). */
export function publicKeyDer(kind: KeyKind, raw: Uint8Array): Uint8Array {
  return concatBytes(PUBLIC_PREFIX[kind], raw);
}

/** PKCS#8 of 32 secret bytes; a command key carries its uncompressed public point too, as every tool writes it. */
export function privateKeyDer(kind: KeyKind, secret: Uint8Array, point?: Uint8Array): Uint8Array {
  const head = concatBytes(PRIVATE_PREFIX[kind], secret);
  return kind === 'command' && point !== undefined ? concatBytes(head, PRIVATE_POINT, point) : head;
}

/** Reads a PKCS#8 of one of the three fixed shapes, or null. */
export function readPrivateKeyDer(der: Uint8Array): { kind: KeyKind; secret: Uint8Array } | null {
  for (const kind of ['command', 'node', 'agreement'] as const) {
    const prefix = PRIVATE_PREFIX[kind];
    const end = prefix.length + SECRET_SIZE;
    const size = kind === 'command' ? end + PRIVATE_POINT.length + POINT_SIZE : end;
    if (der.length !== size || !equalBytes(der.subarray(0, prefix.length), prefix)) continue;
    if (kind === 'command' && !equalBytes(der.subarray(end, end + PRIVATE_POINT.length), PRIVATE_POINT)) continue;
    return { kind, secret: der.slice(prefix.length, end) };
  }
  return null;
}
