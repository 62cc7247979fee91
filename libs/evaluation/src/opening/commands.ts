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
/** The node's word that a bid's bytes are broken; the fact `fault` says how, and whoever has the bytes can open them again. */
export const zFailBid = z.strictObject({
  bid: zUuid,
  result: z.literal('FILE_CORRUPT'),
  fault: z.literal('BIDDER'),
  explanation: zText,
});
/** Faults of a bid (`BidCode` of sealing) that show when the outer box is opened, and with the bidder's key. */
export const OUTER_FAULTS = ['BODY', 'COMMITMENT', 'CONTAINER', 'INNER_HEADER'] as const;
export const INNER_FAULTS = ['INNER_BODY', 'CONTAINER', 'INDEX', 'INDEX_COMMITMENT', 'OTHER_LOT', 'OTHER_BIDDER', 'PART'] as const;
/** Fact `fault` of `opening.fail-bid`: what the venue found when it opened the bytes again. */
export const zFileFault = z.strictObject({ code: z.enum([...OUTER_FAULTS, ...INNER_FAULTS]), message: z.string().max(1_000) });
export const FAULT_PARTIES = ['BIDDER', 'PLATFORM', 'TENDERER', 'CA', 'FORCE_MAJEURE', 'UNDETERMINED'] as const;
/** What a person finds of a bid that was not opened when the window was over. */
export const zRecordFinding = z.strictObject({
  bid: zUuid,
  result: z.enum(['WRONG_KEY', 'CERT_EXPIRED', 'TIMEOUT', 'PLATFORM_ERROR']),
  fault: z.enum(FAULT_PARTIES),
  explanation: zText,
});
/** `finding`: id of the command that recorded it. */
export const zCountersign = z.strictObject({ finding: z.string().max(80) });
const EXTENSION_SECONDS_MAX = 86_400;
export const zExtendWindow = z.strictObject({ seconds: z.int().min(1).max(EXTENSION_SECONDS_MAX), reason: zText });
/** Who contributes to the draw of K, the main venue's node among them. `reason`: required for a second and later version. */
export const zNameContributors = z.strictObject({ contributors: zContributors, reason: zText.nullable() });
export const zObject = z.strictObject({ text: zText });
export const zReply = z.strictObject({ objection: z.string().max(80), text: zText });
export const zSignRecord = z.strictObject({ record: zHash });
