/** A hash that is fed piece by piece. `hex` ends it and is asked once. */
export interface RunningHash {
  readonly update: (bytes: Uint8Array) => void;
  /** Lower-case hexadecimal. */
  readonly hex: () => string;
}

/** What a profile is built on. Two implementations give identical results: portable (browser, verifier) and Node's own. */
export interface Primitives {
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  /** The same as lower-case hexadecimal. */
  readonly hashHex: (bytes: Uint8Array) => string;
  /** The same for what does not lie in memory as a whole. */
  readonly newHash: () => RunningHash;
  /** CRC-32 as containers carry it: a transport check, no evidence. `before` is that of the bytes that stand before these. */
  readonly crc32: (bytes: Uint8Array, before?: number) => number;
  readonly mac: (key: Uint8Array, message: Uint8Array) => Uint8Array;
  /** Extract-and-expand key derivation. */
  readonly derive: (secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number) => Uint8Array;
  readonly aeadSeal: (key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array) => Uint8Array;
  /** The same as ciphertext and tag, for a stream: putting them into one array costs as much again as sealing. */
  readonly aeadSealApart: (key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array) => readonly [Uint8Array, Uint8Array];
  /** Throws when the tag does not fit. */
  readonly aeadOpen: (key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array) => Uint8Array;
  /** Shared secret of a key agreement; throws on a public key of small order. */
  readonly agree: (privateKey: Uint8Array, publicKey: Uint8Array) => Uint8Array;
  readonly agreementPublicKey: (privateKey: Uint8Array) => Uint8Array;
  /** A proof over a message that somebody holds the private half of a key to agree with. */
  readonly proveAgreementKey: (privateKey: Uint8Array, message: Uint8Array) => Uint8Array;
  /** False on anything that is no such proof; never throws. */
  readonly checkAgreementKey: (publicKey: Uint8Array, message: Uint8Array, proof: Uint8Array) => boolean;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly signatures: Readonly<Record<SignatureKind, SignaturePrimitive>>;
}

/** `command`: what certificates and browsers have everywhere. `node`: venues, checkpoints, witnesses. */
export type SignatureKind = 'command' | 'node';

export interface SignaturePrimitive {
  readonly newPrivateKey: () => Uint8Array;
  readonly publicKey: (privateKey: Uint8Array) => Uint8Array;
  /** The uncompressed public point, where a private key's DER form carries it. */
  readonly publicPoint?: (privateKey: Uint8Array) => Uint8Array;
  readonly sign: (privateKey: Uint8Array, message: Uint8Array) => Uint8Array;
  /** False on anything that is not the one strict form of a good signature; never throws. */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
}
