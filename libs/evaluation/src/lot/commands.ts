import { ENGINE_ID_MAX, PART, zBytes, zHash, zInstant, zName, zRole } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';
import { DISTRIBUTION_PRESETS } from '../law/distribution.js';
import { REGIMES } from '../law/rule-set.js';
import { zTenderRules } from './tender-rules.js';

const PARTIES_MAX = 400;
const VENUES_MAX = 40;

export const zParty = z.strictObject({
  party: zName,
  roles: z.array(zRole).min(1).max(3),
  venue: zName.nullable(),
  seat: zName.nullable(),
});

export type NamedParty = z.infer<typeof zParty>;

/** Who a party is. A person acts by a certificate, a node by its registered key. */
export const zBinding = z.strictObject({
  party: zName,
  person: z.strictObject({ id: zName, name: z.string().max(60) }).nullable(),
  organisation: z.strictObject({ id: zName, name: z.string().max(200) }).nullable(),
  /** Fingerprint of the certificate, as sealing computes it. */
  certificate: z.string().max(200).nullable(),
  nodeKey: zBytes.max(400).nullable(),
});
export type Binding = z.infer<typeof zBinding>;

const zSchedule = z.strictObject({ documentsFrom: zInstant, documentsUntil: zInstant, deadline: zInstant });
const zVenuePlan = z.strictObject({ venue: zName, role: z.enum(['main', 'sub', 'supervision']), city: z.string().min(1).max(60) });
const zKeeperPlan = z.strictObject({ threshold: z.int().min(2).max(20), parties: z.array(zName).min(3).max(20) });

const facts = {
  code: z.string().min(1).max(60),
  name: z.string().min(1).max(200),
  regime: z.enum(REGIMES),
  jurisdiction: z.string().min(1).max(20),
  /** `construction`, `water-works`, `goods`, `services`. */
  projectType: z.enum(['construction', 'water-works', 'goods', 'services']),
  profile: z.literal('gp-std-1'),
  rules: zTenderRules,
  schedule: zSchedule,
  venues: z.array(zVenuePlan).min(1).max(VENUES_MAX),
  venuePreset: z.enum(DISTRIBUTION_PRESETS),
  tendererCity: z.string().min(1).max(60),
  /** `drill`: whether the opening trustees show before the opening that their keys are at hand (演练). Absent: they do not. */
  keepers: z.strictObject({ bids: zKeeperPlan, sheets: zKeeperPlan, drill: z.boolean().exactOptional() }),
  /** C2SP witness policy of the lot's checkpoints. */
  witnessPolicy: z.string().max(20_000),
  /** The log of the round that failed, when this is a later round (重新招标). */
  previousRound: z.strictObject({ origin: z.string().max(200), reason: zText }).nullable(),
} as const;

export const zCreate = z.strictObject({ ...facts, parties: z.array(zParty).min(3).max(PARTIES_MAX) });
/** Secret `bindings` of `lot.create`: one for every party. */
export const zBindings = z.array(zBinding).max(PARTIES_MAX);
/** Everything of a draft may change until publication, its parties by `lot.admit`. */
export const zRevise = z.strictObject({ ...facts });

/** DER, base64url: a signature with a chain of the largest certificates. */
const SIGNATURE_CHARS_MAX = 44_000;
/** What the agency signed the document's file with (detached CMS, RFC 5652), for programs that know nothing of logs. Absent: it did not. */
const zDocumentSignature = zBytes.min(1).max(SIGNATURE_CHARS_MAX).exactOptional();

export const zPublish = z.strictObject({ documentPackage: zHash, signature: zDocumentSignature });
export const zAmend = z.strictObject({
  package: zHash,
  signature: zDocumentSignature,
  summary: zText,
  /** A change that may affect how bids are made moves the deadline when less than 15 days are left. */
  affectsBids: z.boolean(),
  deadline: zInstant.nullable(),
  /** The rules of the tender document as amended, whole; null: they stand. */
  rules: zTenderRules.nullable(),
});

export const SUSPENSION_CAUSES = ['OBJECTION', 'COMPLAINT', 'OUTAGE', 'SUPERVISION_ORDER'] as const;
export const zSuspend = z.strictObject({ cause: z.enum(SUSPENSION_CAUSES), reason: zText });
export const zResume = z.strictObject({ reason: zText, deadline: zInstant.nullable() });
export const zTerminate = z.strictObject({ reason: zText });

/** domain.md §3.7. An expired validity is none of them: it leaves out a bid, not the lot. */
export const FAIL_REASONS = [
  'LT3_SUBMITTED',
  'LT3_AFTER_DECRYPT',
  'LT3_QUALIFIED',
  'LT3_RESPONSIVE',
  'DOCUMENT_FLAWED',
  'ALL_REJECTED',
  'OVER_BUDGET',
  'ILLEGALITY',
  'NEED_CANCELLED',
  'OUTAGE_UNRECOVERABLE',
  'NO_AWARD_VALID',
] as const;
export type FailReason = (typeof FAIL_REASONS)[number];
/** What the authority may find; the rest follows from counts and prices, and is found by the rules. */
export const zFail = z.strictObject({
  reason: z.enum(['ILLEGALITY', 'NEED_CANCELLED', 'OUTAGE_UNRECOVERABLE', 'NO_AWARD_VALID']),
  explanation: zText,
});

/** 87号令 64: what may be wrong in a cell of a score sheet. Sums and ranges cannot be: the rules add, and take no value off the grid. */
export const CELL_GROUNDS = ['OBJECTIVE_DIFFERENCE', 'OUTLIER'] as const;
/** 87号令 67: a new committee is formed. */
const NEW_COMMITTEE_GROUNDS = ['ILLEGAL_COMPOSITION', 'MEMBER_VIOLATION', 'UNLAWFUL_INTERFERENCE'] as const;
/** What the authority orders; an upheld objection (条例 54) leads the same committee back, under tender law alone. */
export const RE_EVALUATION_ORDERS = [...NEW_COMMITTEE_GROUNDS, 'OBJECTION_UPHELD'] as const;
export const zReEvaluate = z.strictObject({ ground: z.enum(RE_EVALUATION_ORDERS), reason: zText });

export const zOpinion = z.strictObject({ text: zText, target: zText });
export const zAcknowledge = z.strictObject({ opinion: z.string().max(80), reply: zText });
export const ORDER_KINDS = [
  'PAUSE',
  'RESUME',
  'PRESERVE_EVIDENCE',
  'RELEASE_EVIDENCE',
  'UNSEAL_IDENTITIES',
  'DEGRADED_QUORUM',
  'TOLERATE_FAULT',
] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];
/** What the judge of a log asks of every entry, by the names of his checks (`libs/verifying`). */
export const JUDGED_CHECKS = ['order', 'parts', 'commands', 'signatures', 'certificates', 'bindings', 'names', 'decide', 'evolve'] as const;
/** A fault that the judge finds: the number of the entry, and which check fails there. */
export const zJudgedFault = z.strictObject({ entry: z.int().min(0), check: z.enum(JUDGED_CHECKS) });
export type JudgedFault = z.infer<typeof zJudgedFault>;
/** `fault`: what a `TOLERATE_FAULT` tolerates; no other order has it. */
export const zOrder = z.strictObject({ kind: z.enum(ORDER_KINDS), reason: zText, fault: zJudgedFault.nullable().default(null) });
export const zWitnessFact = z.strictObject({
  kind: z.enum(['ARRIVAL', 'IDENTITY_CHECK', 'DEVICE_HANDED_IN', 'INTERRUPTION', 'DISCIPLINE', 'OTHER']),
  about: zName.nullable(),
});

/**
 * Parts that may be erased (个人信息保护法 47): persons, certificates and signatures. No rule reads `who`, so a log without it folds to
 * the same state and every decision can be taken again. Bindings are not among them: a party whose binding is gone could act no more.
 */
const ERASABLE_PARTS = [PART.who] as const;
/** Parts that one order may name; more take another order. */
export const ERASED_PARTS_MAX = 500;
const zErasedPart = z.strictObject({ seq: z.int().min(0), name: z.enum(ERASABLE_PARTS) });
export type ErasedPart = z.infer<typeof zErasedPart>;
/** `engine`: name, version and hash of the engine to go to; it decides the command itself. */
export const zChangeEngine = z.strictObject({ engine: z.string().min(1).max(ENGINE_ID_MAX), reason: zText });

export const zEraseParts = z.strictObject({
  parts: z.array(zErasedPart).min(1).max(ERASED_PARTS_MAX),
  /** Which case of 个人信息保护法 47 it is, and that no period of retention runs any more. Everybody reads it: it names nobody. */
  ground: z.string().trim().min(1).max(500),
});
