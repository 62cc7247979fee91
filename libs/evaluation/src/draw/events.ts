import { zHash, zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { of } from '../kernel/fields.js';
import { CONTACT_OUTCOMES, zSlot, zPool } from './commands.js';

export const zRequested = of('draw.requested', {
  at: zInstant,
  version: z.int().min(1),
  slots: z.array(zSlot),
  nonceParties: z.array(zName),
  reason: z.string().max(4_000).nullable(),
});
export const zNonceCommitted = of('draw.nonce-committed', { at: zInstant, party: zName, commitment: zHash });
export const zPoolFixed = of('draw.pool-fixed', { at: zInstant, ...zPool.shape });
export const zNonceRevealed = of('draw.nonce-revealed', { at: zInstant, party: zName, nonce: z.string().max(200) });
export const zSeeded = of('draw.seeded', { at: zInstant, seed: zHash });
export const zContacted = of('draw.contacted', {
  at: zInstant,
  candidate: zName,
  outcome: z.enum(CONTACT_OUTCOMES),
  reason: z.string().max(60).nullable(),
  evidence: zHash.nullable(),
  /** Place he fills and party he becomes, when he accepts. */
  slot: zName.nullable(),
  party: zName.nullable(),
});
