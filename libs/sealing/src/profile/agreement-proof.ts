import { concatBytes } from '@app/contracts';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, equalBytes } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';

const { Point } = ed25519;
const { Fn, Fp } = Point;
type EdwardsPoint = InstanceType<typeof Point>;
const POINT_SIZE = 32;
const NONCE_SIZE = 64;

/**
 * A Schnorr proof over edwards25519 that somebody holds the private half of an X25519 key: `R ‖ s`, 64 bytes. A Montgomery key says nothing of the
 * sign of its Edwards point (RFC 7748 §4.1), so the even one stands for both, and who holds the odd one's scalar takes its negative. Nothing
 * shorter would do: a secret that both halves agree on with a public point proves nothing, and a challenge needs somebody to send it.
 */
export function proveAgreementKey(privateKey: Uint8Array, message: Uint8Array): Uint8Array {
  const scalar = Fn.create(bytesToNumberLE(clamped(privateKey)));
  const own = Point.BASE.multiply(scalar);
  const isOdd = ((own.toBytes()[POINT_SIZE - 1] ?? 0) & 0x80) !== 0;
  const [secret, point] = isOdd ? [Fn.neg(scalar), own.negate()] : [scalar, own];
  // Drawn, and bound to key and message besides: a broken source of randomness repeats no nonce over another message.
  const nonce = Fn.create(bytesToNumberLE(sha512(concatBytes(privateKey, randomBytes(NONCE_SIZE), message))));
  const commitment = Point.BASE.multiply(nonce).toBytes();
  return concatBytes(commitment, Fn.toBytes(Fn.add(nonce, Fn.mul(challenge(commitment, point, message), secret))));
}

/** Whether the proof is one for this key over this message. False for anything that is none; never throws. */
export function checkAgreementKey(publicKey: Uint8Array, message: Uint8Array, proof: Uint8Array): boolean {
  try {
    const point = edwards(publicKey);
    const commitment = proof.subarray(0, POINT_SIZE);
    // `fromBytes` refuses a scalar that is not below the group's order: a proof has one form.
    const response = Fn.fromBytes(proof.subarray(POINT_SIZE));
    const hash = challenge(commitment, point, message);
    const expected = Point.BASE.multiplyUnsafe(response).subtract(point.multiplyUnsafe(hash));
    return point.isTorsionFree() && equalBytes(expected.toBytes(), commitment);
  } catch {
    // No point, or no scalar.
    return false;
  }
}

/** The even Edwards point of a Montgomery u: y = (u − 1) / (u + 1). Throws where u lies on the twist, or is not in its one form. */
function edwards(publicKey: Uint8Array): EdwardsPoint {
  const u = Fp.fromBytes(publicKey);
  return Point.fromBytes(Fp.toBytes(Fp.div(Fp.sub(u, Fp.ONE), Fp.add(u, Fp.ONE))));
}

const challenge = (commitment: Uint8Array, point: EdwardsPoint, message: Uint8Array): bigint =>
  Fn.create(bytesToNumberLE(sha512(concatBytes(commitment, point.toBytes(), message))));

/** RFC 7748 §5: what X25519 makes of a private key. */
function clamped(privateKey: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(privateKey);
  bytes[0] = (bytes[0] ?? 0) & 248;
  bytes[31] = ((bytes[31] ?? 0) & 127) | 64;
  return bytes;
}
