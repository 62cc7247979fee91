import { zHash, zInstant, zName, zUuid } from '@app/contracts';
import { z } from 'zod';
import { of } from '../kernel/fields.js';
import { ACTS_MAX } from './commands.js';

const zDroppedAct = z.strictObject({ act: zUuid, code: zName, message: z.string().max(300) });
/** An act that was recorded before the deadline and counts for nothing, and why. */
export type DroppedAct = z.infer<typeof zDroppedAct>;

const count = z.int().min(0);
/** What the list says beside the bids. */
export const zListFacts = {
  counts: z.strictObject({ downloads: count, deliveries: count, replacements: count, withdrawals: count }),
  /** Acts that were recorded and do not stand: id of the command, and why. */
  dropped: z.array(zDroppedAct),
  /** Entries of the platform log that hold acts of this lot, ascending. */
  platform: z.array(count),
};
/** `objections`: those to the tender document that nobody has answered, by the ids of their acts; absent where there are none. */
export const zLocked = z.strictObject({
  type: z.literal('bidding.locked'),
  at: zInstant,
  objections: z.array(zUuid).min(1).max(ACTS_MAX).exactOptional(),
});
export const zObjectionAnswered = of('bidding.objection-answered', {
  at: zInstant,
  by: zName,
  objection: zUuid,
  text: z.string().max(4_000),
});
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
  ...zListFacts,
});
