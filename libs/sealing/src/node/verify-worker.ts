import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/**
 * The other thread of {@link SharedVerifier}. It imports Node's own modules only, so that it runs compiled and uncompiled. What is
 * strict about a signature has been checked before it comes here; this is the multiplication.
 *
 * A message is one buffer, since a copy of every field of every task costs a fifth of the check: for each task the lengths of key,
 * message and signature (three 32-bit words, little-endian), then these three. The key is a SubjectPublicKeyInfo; a signature is as
 * OpenSSL takes it without further options, DER for a command's and 64 bytes for a node's. The answer has one byte for each task.
 */
const KEYS_MAX = 8_192;
/** A command's key, compressed; DER of a node's is shorter. */
const COMMAND_KEY_SIZE = 59;
const WORD = 4;
const keys = new Map<string, KeyObject>();

function keyOf(der: Buffer): KeyObject {
  const name = der.toString('latin1');
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  if (keys.size >= KEYS_MAX) keys.clear();
  keys.set(name, key);
  return key;
}

function isGood(der: Buffer, message: Buffer, signature: Buffer): boolean {
  try {
    return verify(der.length === COMMAND_KEY_SIZE ? 'sha256' : null, message, keyOf(der), signature);
  } catch {
    return false;
  }
}

function results(tasks: Buffer): Uint8Array<ArrayBuffer> {
  const found: number[] = [];
  for (let at = 0; at < tasks.length;) {
    const message = at + 3 * WORD + tasks.readUInt32LE(at);
    const signature = message + tasks.readUInt32LE(at + WORD);
    const end = signature + tasks.readUInt32LE(at + 2 * WORD);
    found.push(isGood(tasks.subarray(at + 3 * WORD, message), tasks.subarray(message, signature), tasks.subarray(signature, end)) ? 1 : 0);
    at = end;
  }
  return Uint8Array.from(found);
}

parentPort?.on('message', (tasks: ArrayBuffer) => {
  const answer = results(Buffer.from(tasks));
  parentPort?.postMessage(answer, [answer.buffer]);
});
