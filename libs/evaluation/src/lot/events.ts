import { CALENDAR_YEARS_MAX, ENGINE_ID_MAX, zCalendarYear, zHash, zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import {
  CELL_GROUNDS,
  FAIL_REASONS,
  ORDER_KINDS,
  zJudgedFault,
  RE_EVALUATION_ORDERS,
  SUSPENSION_CAUSES,
  zAmend,
  zChangeEngine,
  zCreate,
  zEraseParts,
  zParty,
  zPublish,
  zRevise,
} from './commands.js';

const at = zInstant;
/** Time that a pause took, milliseconds: at most ten years. */
export const zLostMs = z.int().min(0).max(315_360_000_000);
const text = z.string().max(4_000);

export const zLotCreated = z.strictObject({
  type: z.literal('lot.created'),
  ...zCreate.omit({ parties: true }).shape,
  engine: z.string().max(ENGINE_ID_MAX),
});
export const zLotRevised = z.strictObject({ type: z.literal('lot.revised'), ...zRevise.shape });
export const zPartyAdmitted = z.strictObject({ type: z.literal('lot.party-admitted'), ...zParty.shape });
/** Where a drawn expert sits, which was sealed until he signed in there. */
export const zPartySeated = z.strictObject({ type: z.literal('lot.party-seated'), party: zName, venue: zName, seat: zName });
/** A member who leaves keeps his pseudonym in the record and loses his part (replacement, recusal, no-show). */
export const zPartyRetired = z.strictObject({ type: z.literal('lot.party-retired'), party: zName, at, reason: text });
export const zLotPublished = z.strictObject({
  type: z.literal('lot.published'),
  at,
  ruleSet: z.string().max(60),
  ruleSetHash: zHash,
  /** Rest days of later years that the rule set was frozen with. */
  calendar: z.array(zCalendarYear).min(1).max(CALENDAR_YEARS_MAX).exactOptional(),
  documentPackage: zHash,
  signature: zPublish.shape.signature,
  engine: z.string().max(ENGINE_ID_MAX),
});
export const zDocumentsIssued = z.strictObject({ type: z.literal('lot.documents-issued'), at });
export const zLotAmended = z.strictObject({
  type: z.literal('lot.amended'),
  at,
  number: z.int().min(1),
  package: zHash,
  signature: zAmend.shape.signature,
  summary: text,
  deadline: zInstant,
  rules: zAmend.shape.rules,
});
export const zLotSuspended = z.strictObject({
  type: z.literal('lot.suspended'),
  at,
  by: zName,
  cause: z.enum(SUSPENSION_CAUSES),
  reason: text,
});
export const zLotResumed = z.strictObject({ type: z.literal('lot.resumed'), at, lostMs: zLostMs, deadline: zInstant.nullable() });
export const zLotTerminated = z.strictObject({ type: z.literal('lot.terminated'), at, by: zName, reason: text });
export const zLotFailed = z.strictObject({ type: z.literal('lot.failed'), at, reason: z.enum(FAIL_REASONS), explanation: text });
export const zReEvaluation = z.strictObject({
  type: z.literal('lot.re-evaluation-started'),
  at,
  ground: z.enum([...RE_EVALUATION_ORDERS, ...CELL_GROUNDS]),
  reason: text,
  /** `cells`: the same committee looks at some cells of its score sheets again, and everything else stands. */
  committee: z.enum(['same', 'new', 'cells']),
});
export const zOpinionGiven = z.strictObject({
  type: z.literal('lot.opinion-given'),
  id: z.string().max(80),
  by: zName,
  at,
  text,
  target: text,
});
export const zOpinionAcknowledged = z.strictObject({
  type: z.literal('lot.opinion-acknowledged'),
  id: z.string().max(80),
  by: zName,
  at,
  reply: text,
});
export const zOrderGiven = z.strictObject({
  type: z.literal('lot.order-given'),
  id: z.string().max(80),
  by: zName,
  at,
  kind: z.enum(ORDER_KINDS),
  reason: text,
  fault: zJudgedFault.nullable(),
});
/** Its text is in part `x:text`: what a witness sees of persons is not for everybody. */
export const zFactRecorded = z.strictObject({
  type: z.literal('lot.fact-recorded'),
  at,
  by: zName,
  kind: z.string().max(40),
  about: zName.nullable(),
});
/** From this entry on the lot runs under another engine; who ordered it, from which and to which. */
export const zEngineChanged = z.strictObject({
  type: z.literal('lot.engine-changed'),
  at,
  by: zName,
  from: z.string().max(ENGINE_ID_MAX),
  to: zChangeEngine.shape.engine,
  reason: zChangeEngine.shape.reason,
});
/** Parts that this entry orders to be erased: their commitments stay in the tree, their texts and salts go from every disk. */
export const zPartsErased = z.strictObject({ type: z.literal('lot.parts-erased'), at, by: zName, ...zEraseParts.shape });
