import { zBytes, zName } from '@app/contracts';
import { z } from 'zod';

export const zKeyPublished = z.strictObject({
  type: z.literal('sealing.key-published'),
  purpose: z.string().max(80),
  party: zName,
  publicKey: zBytes.max(400),
});
export const zKeyReleased = z.strictObject({ type: z.literal('sealing.key-released'), purpose: z.string().max(80), party: zName });
