import { zHash, zName } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';

/** One place of the committee: a prefix of the specialty code (domain.md §5.2), where the expert comes from, where he will sit. */
export const zSlot = z.strictObject({
  slot: zName,
  specialty: z.string().regex(/^[A-E]\d{0,6}$/),
  /** City the expert must come from; null for any. */
  city: z.string().min(1).max(60).nullable(),
  venue: zName,
});
const SLOTS_MAX = 25;
export const zRequest = z.strictObject({
  slots: z.array(zSlot).min(1).max(SLOTS_MAX),
  /** Who must contribute to the seed. */
  nonceParties: z.array(zName).min(2).max(20),
  /** Required for a second and later version. */
  reason: zText.nullable(),
});
export const zCommitNonce = z.strictObject({ commitment: zHash });
export const zDrawNonce = z.string().regex(/^[A-Za-z0-9_-]{16,120}$/);

const CANDIDATES_MAX = 100_000;
/** Fact `pool` of `draw.fix-pool`: the registry's candidates by pseudonym. Whoever a recusal rule hits is not among them. */
export const zPool = z.strictObject({
  /** Hash of the registry's index that the snapshot was taken from. */
  index: zHash,
  candidates: z
    .array(z.strictObject({ id: zName, specialties: z.array(z.string().max(8)).min(1).max(20), city: z.string().max(60) }))
    .min(1)
    .max(CANDIDATES_MAX),
  recused: z.int().min(0),
});
export type Pool = z.infer<typeof zPool>;
export type Candidate = Pool['candidates'][number];

export const CONTACT_OUTCOMES = ['ACCEPTED', 'DECLINED', 'TIMEOUT', 'RECUSED'] as const;
export const zRecordContact = z.strictObject({
  candidate: zName,
  outcome: z.enum(CONTACT_OUTCOMES),
  /** Coded reason of a refusal. */
  reason: z.string().max(60).nullable(),
  /** Hash of the call's or message's record. */
  evidence: zHash.nullable(),
  seat: zName.nullable(),
});
