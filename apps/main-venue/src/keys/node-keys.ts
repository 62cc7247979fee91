import { fromBase64Url, zBytes } from '@app/contracts';
import { readKeysFile } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { z } from 'zod';

/** KEYS_FILE of the main venue. Private keys are PKCS#8 DER, `storage` is 32 random bytes; all base64url. */
const zNodeKeys = z.object({
  /** Signs what the node itself does, and the welcome of a site's line. */
  node: zBytes,
  /** Signs answers and receipts. */
  answer: zBytes,
  /** Signs checkpoints. */
  log: zBytes,
  /** Seals parts on disk. */
  storage: zBytes.length(43),
});
export type NodeKeysFile = z.infer<typeof zNodeKeys>;

/** The main venue's keys, in memory only. */
export interface NodeKeys {
  readonly node: LocalSigner;
  readonly answer: LocalSigner;
  readonly log: LocalSigner;
  readonly storage: Uint8Array;
}

export function readNodeKeys(profile: CryptoProfile, file: NodeKeysFile): NodeKeys {
  return {
    node: profile.signerFrom(file.node),
    answer: profile.signerFrom(file.answer),
    log: profile.signerFrom(file.log),
    storage: fromBase64Url(file.storage),
  };
}

/** Throws when the file is missing or lacks a key (see `readKeysFile`). */
export async function loadNodeKeys(profile: CryptoProfile, path: string): Promise<NodeKeys> {
  return readNodeKeys(profile, await readKeysFile(zNodeKeys, path));
}
