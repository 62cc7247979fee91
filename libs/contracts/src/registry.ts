import { z } from 'zod';
import { zBytes, zName } from './json.js';
import { zVenueUrl } from './venue-url.js';

export const zOrganisationName = z.string().trim().min(1).max(200);
/** 统一社会信用代码 (unified social credit code, GB 32100-2015). */
export const zCreditCode = z.string().regex(/^[0-9A-HJ-NP-RTUWXY]{18}$/, 'eighteen digits and capital letters without I, O, S, V, Z');
export const zPersonName = z.string().trim().min(1).max(60);
/** Codes of 评标专家专业分类标准 (发改法规〔2018〕316号). */
export const zSpecialty = z.string().regex(/^[A-E]\d{2,6}$/, 'a letter from A to E and two to six digits');
export const zSpecialties = z.array(zSpecialty).min(1).max(50);
export const zCity = z.string().trim().min(1).max(60);
export const zVenueRole = z.enum(['main', 'sub', 'supervision']);

/** The registry as one file: what an installation knows before any lot. Import is idempotent by id. */
export const zRegistryImport = z.strictObject({
  organisations: z.array(z.strictObject({ id: zName, name: z.string().min(1).max(200), creditCode: z.string().length(18) })),
  persons: z.array(
    z.strictObject({
      id: zName,
      name: z.string().min(1).max(60),
      organisation: zName.nullable(),
      /** Files of 0.1.0 have it; nothing reads it. */
      duties: z.array(z.string()).optional(),
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
      role: zVenueRole,
      city: z.string(),
      url: zVenueUrl,
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
      specialties: zSpecialties,
      city: z.string(),
      active: z.boolean(),
    }),
  ),
  /** Who holds which role (角色). Heard only while nobody may grant rights: afterwards people grant them, not files. */
  roles: z.array(z.strictObject({ person: zName, role: zName })).default([]),
});
export type RegistryImport = z.infer<typeof zRegistryImport>;
