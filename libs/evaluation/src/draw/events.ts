import { zHash, zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { of, zJsonObject } from '../kernel/fields.js';
import { CALL_OUTCOMES, zPool } from './commands.js';

export const zRequested = of('draw.requested', {
  at: zInstant,
  version: z.int().min(1),
  /** Places of the plan, which itself is not for everybody. */
  count: z.int().min(1),
  nonceParties: z.array(zName),
});
export const zContributed = of('draw.contributed', { at: zInstant, party: zName, manifest: zJsonObject });
export const zPoolFrozen = of('draw.pool-frozen', { at: zInstant, ...zPool.shape });
/** `void`: whose box held no nonce; it counts by the commitment that its manifest made. */
export const zSeeded = of('draw.seeded', { at: zInstant, seed: zHash, void: z.array(zName) });
export const zCalled = of('draw.called', {
  at: zInstant,
  candidate: zName,
  outcome: z.enum(CALL_OUTCOMES),
  reason: z.string().max(60).nullable(),
  evidence: zHash.nullable(),
  /** Place he fills, under its sealed name (`sealedName`), and party he becomes, when he accepts. */
  slot: zName.nullable(),
  party: zName.nullable(),
});
/** The pool has nobody left for these open places, under their sealed names. */
export const zExhausted = of('draw.exhausted', { at: zInstant, slots: z.array(zName).min(1) });
