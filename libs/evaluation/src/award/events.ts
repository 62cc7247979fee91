import { zDecimal, zHash, zInstant, zName, zUuid } from '@app/contracts';
import { z } from 'zod';
import { VERDICTS } from '../sealed-step/index.js';
import { of } from '../kernel/fields.js';
import { GIVE_UP_CAUSES, PASS_OVER_CAUSES } from './commands.js';

const at = zInstant;

export const COUNTED_OUTCOMES = ['WINNER', 'RUN_OFF', 'EXHAUSTED'] as const;

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
export const zCommitteeFormed = of('award.committee-formed', { at, members: z.array(zName), substitutes: z.array(zName) });
/** The time of the round is over, and these owed a ballot: the next on the list sit in for them, with a time of their own. */
export const zMembersSubstituted = of('award.members-substituted', {
  at,
  round: z.int(),
  replaced: z.array(z.strictObject({ absent: zName, substitute: zName })).min(1),
});
/** The time of the round is over and enough ballots are in: it is counted without these. */
export const zRoundClosed = of('award.round-closed', { at, round: z.int(), absent: z.array(zName).min(1) });
/** Too few ballots to count: nobody opens them, the committee is formed anew and votes again. */
export const zRoundVoid = of('award.round-void', { at, round: z.int(), absent: z.array(zName).min(1) });
export const zBallotSubmitted = of('award.ballot-submitted', { member: zName, round: z.int(), manifest: z.record(z.string(), z.json()) });
/** The tally is in part `d:tally`. */
export const zRoundCounted = of('award.round-counted', {
  round: z.int(),
  verdicts: z.record(zName, z.enum(VERDICTS)),
  outcome: z.enum(COUNTED_OUTCOMES),
});
/** The winner is in part `d:award` until the announcement tells all at once. `deemed`: by the law's word, nobody decided (87号令 68). */
export const zDecided = of('award.decided', { at, deemed: z.boolean() });
/** `securityDue`: when the performance security must be there; null where none is asked for. */
export const zAnnounced = of('award.announced', {
  at,
  winner: zName,
  price: zDecimal,
  late: z.boolean(),
  securityDue: zInstant.nullable(),
});
export const zGivenUp = of('award.given-up', { at, bidder: zName, cause: z.enum(GIVE_UP_CAUSES) });
/** The tenderer asks bidders to agree to a later end of their bids' validity; silence is no. */
export const zValidityAsked = of('award.validity-asked', { at, by: zName, until: zInstant, reason: z.string().max(4_000) });
export const zValidityExtended = of('award.validity-extended', { at, bidder: zName, until: zInstant });
export const zUnlawfulFound = of('award.unlawful-found', { at, by: zName, bidder: zName, document: zHash });
/** What a pass-over rests on: the entry that says it, and since when it holds (a date that this entry set, for the security and a bid's validity). */
export const zEvidence = z.strictObject({ seq: z.int().min(0), by: zName, at: zInstant });
export const zPassedOver = of('award.passed-over', { at, bidder: zName, cause: z.enum(PASS_OVER_CAUSES), evidence: zEvidence });
export const zContractRecorded = of('award.contract-recorded', { at, hash: zHash, price: zDecimal, signedAt: zInstant, late: z.boolean() });
export const zArchived = of('award.archived', { at, package: zHash, size: z.int() });
