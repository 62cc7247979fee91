import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';
import { ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { candidatesOf, resultOf } from '../scoring/index.js';
import type { AwardCandidate } from './state.js';
import { AWARD_KINDS, awardMethodOf } from './methods/index.js';

export const isSeparated = (state: LotState): boolean => awardMethodOf(tenderRulesOf(state).award).tally !== undefined;

/** Candidates as they are published: ranked with totals, or in the order of their names and without either. */
export function publishedCandidates(state: LotState): AwardCandidate[] {
  const ranked = candidatesOf(state)
    .slice(0, isSeparated(state) ? undefined : ruleSetOf(state).thresholds.candidatesMax)
    .map(({ party, price, rank, total }) => ({ bidder: party, name: own(state.opening.names, party) ?? party, price, rank, total }));
  if (!isSeparated(state)) return ranked;
  return ranked.map((candidate) => ({ ...candidate, rank: null, total: null })).sort((a, b) => (a.bidder < b.bidder ? -1 : 1));
}

const zTally = z.strictObject({
  v: z.literal(1),
  round: z.int(),
  votes: z.record(zName, z.int()),
  abstentions: z.int(),
  winner: zName.nullable(),
  runOff: z.array(zName),
});
export type VoteTally = z.infer<typeof zTally>;

/** Who may be voted for in the present round: every candidate not passed over, then only those in the run-off. */
export function votableCandidates(state: LotState): string[] {
  const last = state.award.rounds.at(-1);
  const open = publishedCandidates(state)
    .map(({ bidder }) => bidder)
    .filter((bidder) => own(state.award.passedOver, bidder) === undefined);
  if (last?.outcome !== 'RUN_OFF' || last.countedSeq === null) return open;
  const tally = zTally.safeParse(disclosed(state, last.countedSeq, 'd:tally'));
  return tally.success ? open.filter((bidder) => tally.data.runOff.includes(bidder)) : [];
}

const zAward = z.strictObject({
  v: z.literal(1),
  winner: zName,
  name: z.string(),
  price: zDecimal,
  method: z.enum(AWARD_KINDS),
  reason: z.string(),
  passedOver: z.array(z.strictObject({ bidder: zName, cause: z.string(), reason: z.string() })),
});
export type Award = z.infer<typeof zAward>;

/** The award, when decided and visible to this reader. */
export function awardOf(state: LotState): Award | null {
  const { decided } = state.award;
  if (decided === null) return null;
  const read = zAward.safeParse(disclosed(state, decided.seq, 'd:award'));
  return read.success ? read.data : null;
}

export const openObjections = (state: LotState) => state.award.objections.filter((one) => one.answered === null);

/** Price a bidder stood in the table with, as bid. */
export const priceOf = (state: LotState, bidder: string): string | null =>
  resultOf(state)?.rows.find((row) => row.party === bidder)?.price ?? null;
