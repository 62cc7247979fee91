import { zBytes } from '@app/contracts';
import { z } from 'zod';

/** KEYS_FILE of a site. Private keys are PKCS#8 DER, `storage` is 32 random bytes; all base64url. */
export const zSiteKeys = z.object({
  /** Signs what the node itself does, its hello and its outbox's heads. */
  node: zBytes,
  /** Cosigns checkpoints. */
  witness: zBytes,
  /** Seals what lies on this site's disk. */
  storage: zBytes.length(43),
  /** The main venue's public node key, tagged. Without it the first registry is believed and its key kept (trust on first use). */
  main: zBytes.optional(),
});
export type SiteKeys = z.infer<typeof zSiteKeys>;
