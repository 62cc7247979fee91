import { z } from 'zod';
import { zBytes, zName } from './json.js';

/** The registry as one file: what an installation knows before any lot. Import is idempotent by id. */
export const zRegistryImport = z.strictObject({
  organisations: z.array(z.strictObject({ id: zName, name: z.string().min(1).max(200), creditCode: z.string().length(18) })),
  persons: z.array(
    z.strictObject({
      id: zName,
      name: z.string().min(1).max(60),
      organisation: zName.nullable(),
      /** Platform-wide duties, beyond what a lot gives: 'operator' | 'pool-owner' | 'venue-staff'. */
      duties: z.array(z.string()).default([]),
    }),
  ),
  /** DER certificates and the person each is bound to. `encryptionKey`: public key whose binding the certificate signed. */
  certificates: z.array(
    z.strictObject({
      person: zName,
      certificate: zBytes,
      encryptionKey: z.strictObject({ publicKey: zBytes, signature: zBytes }).nullable(),
    }),
  ),
  /** Trusted roots (DER) and the newest signed revocation list of each. */
  authorities: z.array(z.strictObject({ certificate: zBytes, revocationList: zBytes })),
  venues: z.array(
    z.strictObject({
      id: zName,
      name: z.string(),
      role: z.enum(['main', 'sub', 'supervision']),
      city: z.string(),
      url: z.string(),
      /** Key that signs what the node itself does. */
      nodeKey: zBytes,
      /** C2SP verifier key line of its witness; null for the main venue. */
      witnessKey: z.string().nullable(),
      rooms: z.array(z.strictObject({ id: zName, name: z.string(), seats: z.array(z.strictObject({ id: zName, name: z.string() })) })),
    }),
  ),
  experts: z.array(
    z.strictObject({
      person: zName,
      specialties: z.array(z.string().regex(/^[A-E]\d{2,6}$/)).min(1),
      city: z.string(),
      active: z.boolean(),
    }),
  ),
});
export type RegistryImport = z.infer<typeof zRegistryImport>;
