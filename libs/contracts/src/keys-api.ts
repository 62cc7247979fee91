import { z } from 'zod';
import { zInstant, zName } from './json.js';
import { zNamed } from './registry-api.js';

/**
 * API keys (接口密钥): how a system of somebody else asks, with no person behind it. A key acts for an organisation and has rights of its own.
 *
 * | address | needs | answer |
 * |---|---|---|
 * | `GET /api/registry/keys?after=&limit=` | `registry:read` | {@link ApiKeyPage} |
 * | `POST /api/registry/keys` {@link ApiKeyPost} | `registry:write` and the key's rights, or `rights:write` | {@link IssuedKey} |
 * | `POST /api/registry/keys/:key/revocation` {@link Revocation} | the same | {@link ApiKey} |
 */

/** What a system may be given: to hand over and to watch. Whoever changes, founds or grants is a person with a certificate. */
export const KEY_RIGHTS = ['lots:import', 'jobs:read'] as const;
const zKeyRight = z.enum(KEY_RIGHTS);
export type KeyRight = z.infer<typeof zKeyRight>;

const KEY_DAYS_MAX = 366;
const zKeyName = z.string().trim().min(1).max(60);

export const zApiKeyPost = z.strictObject({
  name: zKeyName,
  /** The organisation that the system acts for. */
  organisation: zName,
  rights: z.array(zKeyRight).min(1).max(KEY_RIGHTS.length),
  /** Days until it ends by itself. */
  days: z.int().min(1).max(KEY_DAYS_MAX),
});
export type ApiKeyPost = z.infer<typeof zApiKeyPost>;

export const zApiKey = z.object({
  id: zName,
  name: z.string(),
  organisation: zNamed,
  rights: z.array(zKeyRight),
  by: zNamed,
  at: zInstant,
  endsAt: zInstant,
  /** When it last asked for something; null: never. */
  usedAt: zInstant.nullable(),
  standing: z.enum(['good', 'expired', 'revoked']),
  revocationReason: z.string().nullable(),
});
export type ApiKey = z.infer<typeof zApiKey>;
export const zApiKeyPage = z.object({ items: z.array(zApiKey), next: z.string().nullable() });
export type ApiKeyPage = z.infer<typeof zApiKeyPage>;

/** `gpk_<id>_<secret>`: sent as `Authorization: Bearer …`. */
const KEY_TOKEN = /^gpk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
export const keyToken = (id: string, secret: string): string => `gpk_${id}_${secret}`;
/** Null for a token of another kind. */
export function partsOfKeyToken(token: string): { readonly id: string; readonly secret: string } | null {
  const [, id, secret] = KEY_TOKEN.exec(token) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** The only answer that holds the token: it is kept as a hash. */
export const zIssuedKey = z.object({ key: zApiKey, token: z.string().regex(KEY_TOKEN) });
export type IssuedKey = z.infer<typeof zIssuedKey>;
