import { zBytes, zHash, zUuid } from '@app/contracts';
import { zPartId } from '@app/sealing';
import { z } from 'zod';
import { zContributors } from '../keepers/index.js';
import { zText } from '../kernel/fields.js';

export const zPause = z.strictObject({ reason: zText });
export const zExtract = z.strictObject({
  bid: zUuid,
  /** Header of the inner layer, base64url; null where the box turned out INVALID. */
  innerHeader: zBytes.max(4_000).nullable(),
});
export const zDecrypt = z.strictObject({ bid: zUuid });
/** Secret `file-key` of a decryption: the inner layer's key, base64url. */
export const zFileKey = zBytes.min(16).max(64);
export const zOpen = z.strictObject({ bid: zUuid });
/** Secrets `keys-<type>` of an opening: for each part of the type its key, as public tools take it (`age -d -i`). */
export const zPartKeys = z.record(zPartId, z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/));
/** What a person finds; a passed window and an INVALID box are found by the rules. */
export const zFailBid = z.strictObject({
  bid: zUuid,
  result: z.enum(['WRONG_KEY', 'CERT_EXPIRED', 'FILE_CORRUPT', 'PLATFORM_ERROR']),
  fault: z.enum(['BIDDER', 'PLATFORM', 'TENDERER', 'CA', 'FORCE_MAJEURE', 'UNDETERMINED']),
  explanation: zText,
});
const EXTENSION_SECONDS_MAX = 86_400;
export const zExtendWindow = z.strictObject({ seconds: z.int().min(1).max(EXTENSION_SECONDS_MAX), reason: zText });
/** Who contributes to the draw of K, the main venue's node among them. `reason`: required for a second and later version. */
export const zNameContributors = z.strictObject({ contributors: zContributors, reason: zText.nullable() });
export const zObject = z.strictObject({ text: zText });
export const zReply = z.strictObject({ objection: z.string().max(80), text: zText });
export const zSignRecord = z.strictObject({ record: zHash });
