import { zDecimal, zHash, zInstant, zName, zUuid } from '@app/contracts';
import { z } from 'zod';
import { VERDICTS } from '../sealed-step/index.js';
import { of } from '../kernel/fields.js';
import { PASS_OVER_CAUSES } from './commands.js';

const at = zInstant;

const zCandidate = z.strictObject({
  bidder: zName,
  name: z.string().max(200),
  price: zDecimal,
  rank: z.int().nullable(),
  total: z.string().nullable(),
});
/** Public: who may get the award, ranked unless evaluation and award are separate. */
export const zCandidatesPublished = of('award.candidates-published', {
  at,
  until: zInstant,
  late: z.boolean(),
  candidates: z.array(zCandidate),
});
export const zObjected = of('award.objected', { id: zUuid, by: zName, at, replyDue: zInstant });
export const zObjectionAnswered = of('award.objection-answered', { id: zUuid, at, upheld: z.boolean(), late: z.boolean() });
export const zPublicityClosed = of('award.publicity-closed', { at });
/** Gov: no candidate publicity; the award follows the accepted report at once. */
export const zAwardOpened = of('award.opened', { at });
export const zCommitteeFormed = of('award.committee-formed', { at, members: z.array(zName) });
export const zBallotSubmitted = of('award.ballot-submitted', { member: zName, round: z.int(), manifest: z.record(z.string(), z.json()) });
/** The tally is in part `d:tally`. */
export const zRoundCounted = of('award.round-counted', {
  round: z.int(),
  verdicts: z.record(zName, z.enum(VERDICTS)),
  outcome: z.enum(['WINNER', 'RUN_OFF', 'EXHAUSTED']),
});
/** The winner is in part `d:award` until the announcement tells all at once. */
export const zDecided = of('award.decided', { at });
export const zAnnounced = of('award.announced', { at, winner: zName, price: zDecimal, late: z.boolean() });
export const zPassedOver = of('award.passed-over', { at, bidder: zName, cause: z.enum(PASS_OVER_CAUSES) });
export const zContractRecorded = of('award.contract-recorded', { at, hash: zHash, price: zDecimal, signedAt: zInstant, late: z.boolean() });
export const zArchived = of('award.archived', { at, package: zHash, size: z.int() });
