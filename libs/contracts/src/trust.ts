import { z } from 'zod';
import { zBytes, zName } from './json.js';

/**
 * Trust anchors, obtained outside the log: what a verifier believes before it reads anything. `policy` is a C2SP
 * tlog-policy without `log` lines: the witnesses and how many of them suffice.
 */
export const zTrust = z.strictObject({
  v: z.literal(1),
  installation: z.string().min(1).max(100),
  /** DER certificates of the authorities. */
  roots: z.array(zBytes).min(1).max(100),
  /** Tagged public key under which the installation's logs sign their checkpoints. */
  logKey: zBytes,
  policy: z.string().min(1).max(65_536),
  /** Tagged public keys of the nodes, by party name (`node:main`, `node:sub-1` …). */
  nodeKeys: z.record(zName, zBytes),
});
export type Trust = z.infer<typeof zTrust>;

/** Trust anchors in the place of others: a C2SP note over their fingerprint, signed by the log's key of those before. */
export const zTrustChange = z.strictObject({ trust: zTrust, note: z.string().max(65_536) });
export type TrustChange = z.infer<typeof zTrustChange>;
