import { z } from 'zod';

/** What may be signed, hashed or stored: RFC 8785 JSON whose only numbers are safe integers. Decimals are strings. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** A hash or commitment: 32 bytes as 64 lower-case hexadecimal digits. */
export const zHash = z.string().regex(/^[0-9a-f]{64}$/);
/** Any other byte string: base64url without padding (RFC 4648 §5). */
export const zBytes = z.string().regex(/^[A-Za-z0-9_-]*$/);
/** A UTC instant with milliseconds: `2026-03-24T01:30:00.000Z`. */
export const zInstant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .refine((text) => !Number.isNaN(Date.parse(text)), 'there is no such time');
/** An exact decimal: optional sign, digits, optional fraction; no exponent, no leading zero. */
export const zDecimal = z.string().regex(/^-?(0|[1-9]\d{0,17})(\.\d{1,8})?$/);
/** A command, box, person … identifier: UUIDv7 in lower case. */
export const zUuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
/** An identifier inside one lot or installation (`bidder-3`, `sub-1`, `lot-2026-001`). */
export const zName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/);
