import { zBytes } from '@app/contracts';
import { z } from 'zod';
import { RequestError } from './http.js';

/**
 * An identity as a file, for installations whose people hold soft certificates (a token device offers the same two things by
 * its driver). `certificate`: X.509 DER; `privateKey`: its PKCS#8 DER; both base64url. Other members are ignored here.
 */
export const zIdentityFile = z.object({
  name: z.string().max(200).default(''),
  organisation: z.string().max(200).nullable().default(null),
  certificate: zBytes.min(1).max(8_000),
  privateKey: zBytes.min(1).max(8_000),
  /** PKCS#8 of the encryption key of a bidder, when he has one. */
  encryptionKey: zBytes.max(8_000).nullable().default(null),
});
export type IdentityFile = z.infer<typeof zIdentityFile>;

const FILE_SIZE_MAX = 64 * 1024;

/** Reads an identity file's text. Throws {@link RequestError} `MALFORMED` on anything else. */
export function parseIdentityFile(text: string): IdentityFile {
  const malformed = (message: string): RequestError => new RequestError('MALFORMED', message);
  if (text.length > FILE_SIZE_MAX) throw malformed('larger than an identity file can be');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('not JSON');
  }
  const parsed = zIdentityFile.safeParse(value);
  if (!parsed.success) throw malformed(parsed.error.issues[0]?.path.join('.') ?? '');
  return parsed.data;
}
