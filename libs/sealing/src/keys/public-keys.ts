import { concatBytes, fromBase64Url, toBase64Url } from '@app/contracts';
import type { KeyKind } from './der-keys.js';

/** Text of a public key: base64url of one byte that says the kind, then the raw key (P-256: 33-byte compressed point). */
const TAG: Readonly<Record<KeyKind, number>> = { command: 1, node: 2, agreement: 3 };
const SIZE: Readonly<Record<KeyKind, number>> = { command: 33, node: 32, agreement: 32 };
const KINDS = Object.keys(TAG) as KeyKind[];

export function encodePublicKey(kind: KeyKind, raw: Uint8Array): string {
  if (raw.length !== SIZE[kind]) throw new RangeError(`a ${kind} public key has ${SIZE[kind]} bytes, not ${raw.length}`);
  return toBase64Url(concatBytes(Uint8Array.of(TAG[kind]), raw));
}

/** Kind and raw bytes, or null when the text is no public key. Whether the point lies on its curve shows when it is used. */
export function decodePublicKey(text: string): { kind: KeyKind; raw: Uint8Array } | null {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64Url(text);
  } catch {
    return null;
  }
  const kind = KINDS.find((name) => TAG[name] === bytes[0]);
  return kind === undefined || bytes.length !== SIZE[kind] + 1 ? null : { kind, raw: bytes.subarray(1) };
}
