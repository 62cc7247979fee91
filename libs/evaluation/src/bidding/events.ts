import { zHash, zInstant, zName, zUuid } from '@app/contracts';
import { z } from 'zod';

const count = z.int().min(0);
export const zListOpened = z.strictObject({
  type: z.literal('bidding.list-opened'),
  at: zInstant,
  bids: z.array(
    z.strictObject({
      bid: zUuid,
      bidder: zName,
      deliveredAt: zInstant,
      manifestHash: zHash,
      ciphertext: z.strictObject({ hash: zHash, size: count }),
      innerHeaderHash: zHash,
      indexCommitment: zHash,
    }),
  ),
  counts: z.strictObject({ downloads: count, deliveries: count, replacements: count, withdrawals: count }),
  /** Entries of the platform log that hold acts of this lot, ascending. */
  platform: z.array(count),
});
