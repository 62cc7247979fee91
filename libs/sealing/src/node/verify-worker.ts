import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/**
 * The other thread of {@link SharedVerifier}. It imports Node's own modules only, so that it runs compiled and uncompiled. What is
 * strict about a signature has been checked before it comes here; this is the multiplication.
 */
export interface VerifyTask {
  /** SubjectPublicKeyInfo. */
  readonly key: Uint8Array;
  readonly hash: 'sha256' | null;
  readonly message: Uint8Array;
  /** As OpenSSL takes it without further options: DER for a command's, 64 bytes for a node's. */
  readonly signature: Uint8Array;
}

const KEYS_MAX = 8_192;
const keys = new Map<string, KeyObject>();

function keyOf(der: Uint8Array): KeyObject {
  const name = Buffer.from(der).toString('latin1');
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  if (keys.size >= KEYS_MAX) keys.clear();
  keys.set(name, key);
  return key;
}

function isGood({ key, hash, message, signature }: VerifyTask): boolean {
  try {
    return verify(hash, message, keyOf(key), signature);
  } catch {
    return false;
  }
}

parentPort?.on('message', (tasks: readonly VerifyTask[]) => {
  parentPort?.postMessage(tasks.map(isGood));
});
