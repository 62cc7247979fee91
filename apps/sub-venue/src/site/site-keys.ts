import { zBytes, zInstant } from '@app/contracts';
import { z } from 'zod';

export const zRetiredKeys = z.array(z.object({ venue: z.string().min(1), key: z.string().min(1), until: zInstant }));

/** KEYS_FILE of a site. Private keys are PKCS#8 DER, `storage` is 32 random bytes; all base64url. */
export const zSiteKeys = z.object({
  /** Signs what the node itself does, its hello and its outbox's heads. */
  node: zBytes,
  /** Cosigns checkpoints. */
  witness: zBytes,
  /** Seals what lies on this site's disk. */
  storage: zBytes.length(43),
  /**
   * Public keys that this site was given by hand: the main venue's node key (tagged), the ones that sign its answers and its log's
   * checkpoints, other venues' witness keys by venue, the node keys of all venues but the main one, and the certificate authorities' root
   * certificates (DER). `nodes` and `roots` are whole: a registry that names one more is not taken. What is not here is believed of the first registry and kept (trust on first use);
   * of witnesses, nodes and roots, what the newest one says. `retired`: keys of nodes and witnesses that were replaced before this site could
   * see it (a site remembers those of the registries that it took), and the instant until which lots were founded under them.
   */
  main: zBytes.optional(),
  mainAnswer: zBytes.optional(),
  mainLog: z.string().min(1).optional(),
  witnesses: z.record(z.string(), z.string()).optional(),
  nodes: z.record(z.string(), zBytes).optional(),
  roots: z.array(zBytes).optional(),
  retired: zRetiredKeys.optional(),
});
export type SiteKeys = z.infer<typeof zSiteKeys>;
