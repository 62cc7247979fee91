import { zBytes, zInstant, zName } from '@app/contracts';
import { z } from 'zod';

export const zKeyPublished = z.strictObject({
  type: z.literal('sealing.key-published'),
  purpose: z.string().max(80),
  party: zName,
  publicKey: zBytes.max(400),
});
export const zKeyReleased = z.strictObject({ type: z.literal('sealing.key-released'), purpose: z.string().max(80), party: zName });
/** `deadline`: which opening it is before. */
export const zDrillBegun = z.strictObject({
  type: z.literal('sealing.drill-begun'),
  at: zInstant,
  challenge: zBytes.max(100),
  deadline: zInstant,
  until: zInstant,
});
export const zDrillAnswered = z.strictObject({ type: z.literal('sealing.drill-answered'), at: zInstant, party: zName });
