import { zBytes, zHash, zName } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';
import { zContributors } from '../keepers/index.js';

/** One place of the committee: a prefix of the specialty code (domain.md §5.2), where the expert comes from, where he will sit. */
const zSlot = z.strictObject({
  slot: zName,
  specialty: z.string().regex(/^[A-E]\d{0,6}$/),
  /** City the expert must come from; null for any. */
  city: z.string().min(1).max(60).nullable(),
  venue: zName,
});
export type DrawSlot = z.infer<typeof zSlot>;
const SLOTS_MAX = 25;
export const zRequest = z.strictObject({
  /** Who must contribute to the seed. */
  nonceParties: zContributors,
});
/** Secret `plan` of a request: what experts it asks for narrows who they will be (domain.md §2.2), and so does why it was changed. */
export const zPlan = z.strictObject({
  slots: z.array(zSlot).min(1).max(SLOTS_MAX),
  /** Required for a second and later version. */
  reason: zText.nullable(),
});
export type DrawPlan = Readonly<z.infer<typeof zPlan>>;

/** A candidate by pseudonym. Whoever a recusal rule hits is not among them. */
export const zCandidate = z.strictObject({
  id: zName,
  specialties: z.array(z.string().max(8)).min(1).max(20),
  city: z.string().max(60),
  /** Commitment to the person's id in the registry (`personSeal`); null where the list stands in the log itself (engine 0.1.0). */
  person: zHash.nullable(),
});
export type Candidate = Readonly<z.infer<typeof zCandidate>>;

/** Fact `pool` of `draw.freeze-pool`: the registry's candidates as a root, a count and a file. */
export const zPool = z.strictObject({
  /** Root over the registry's experts that the snapshot was taken from. */
  index: zHash,
  root: zHash,
  count: z.int().min(1),
  /** SHA-256 of the list of candidates, which is kept as a file and goes with the archive. */
  blob: zHash,
  recused: z.int().min(0),
});
export type Pool = z.infer<typeof zPool>;
/** Secret `mapping` of `draw.freeze-pool`: the key that ties pseudonyms to persons; 32 bytes, base64url. */
export const zMappingKey = zBytes.min(43).max(44);

/** Secret `turn` of a call: the candidate, the proof that it is in the pool (RFC 9162 §2.1.3), and the place that it may fill. */
export const zTurn = z.strictObject({ record: zCandidate, index: z.int().min(0), path: z.array(zHash).max(63), slot: zName });
export type Turn = z.infer<typeof zTurn>;
/** Secret `person` of a call: opens the record's commitment to the person who was called. */
export const zPerson = z.strictObject({ id: z.string().min(1).max(200), salt: zBytes.max(200) });

export const CALL_OUTCOMES = ['ACCEPTED', 'DECLINED', 'TIMEOUT', 'RECUSED'] as const;
export const zRecordCall = z.strictObject({
  candidate: zName,
  outcome: z.enum(CALL_OUTCOMES),
  /** Coded reason of a refusal. */
  reason: z.string().max(60).nullable(),
  /** Commitment to the call's or message's record, under the salt that the secret `person` opens: a record is guessed too easily. */
  evidence: zHash.nullable(),
  /** The place that whoever accepts fills, under its sealed name (`sealedName`); else null. */
  place: zName.nullable(),
});

/** Places for which nobody is left, under their sealed names. */
export const zRecordExhaustion = z.strictObject({ places: z.array(zName).min(1).max(SLOTS_MAX) });
