import type { PartCipher } from './store.types.js';

const NOTHING = new Uint8Array(0);

/** {@link PartCipher.seal} for a single plaintext. */
export const sealOne = (cipher: PartCipher, plaintext: Uint8Array): Uint8Array => cipher.seal([plaintext])[0] ?? NOTHING;

/** {@link PartCipher.open} for a single ciphertext. */
export const openOne = (cipher: PartCipher, ciphertext: Uint8Array): Uint8Array => cipher.open([ciphertext])[0] ?? NOTHING;
