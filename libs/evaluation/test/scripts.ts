import type { JsonObject, JsonValue } from '@app/contracts';
import { ballotPurpose, membersOf, partOfStep, purposeOf, reviewedBidders, reviewItems, validBidders } from '../src/index.js';
import { GOV_PLAN, letterOf, memberSeats, openedLot, type Plan, TENDER_PLAN } from './evaluation-lot.js';
import { LotPlayer } from './lot-player.js';

/** Scores of TV-E2E-01, by letter: technical per member in the order of their names, and the objective commercial value. */
export const TENDER_SCORES: Record<string, { t: number[]; c: number }> = {
  A: { t: [24, 25, 23, 26, 24], c: 8 },
  B: { t: [27, 26, 28, 27, 26], c: 9 },
  C: { t: [22, 23, 22, 24, 21], c: 10 },
  D: { t: [20, 20, 20, 20, 20], c: 5 },
  E: { t: [25, 26, 25, 24, 27], c: 7 },
  F: { t: [28, 27, 29, 28, 26], c: 9 },
  G: { t: [26, 25, 26, 27, 24], c: 8 },
};
export const GOV_SCORES: Record<string, { t: number[]; c: number }> = {
  A: { t: [42, 43, 41, 44, 42, 43, 41], c: 18 },
  B: { t: [40, 41, 39, 42, 40, 41, 40], c: 16 },
  C: { t: [47, 46, 48, 47, 46, 48, 47], c: 20 },
};

export const newLot = (change: Partial<Plan> = {}, plan: Plan = TENDER_PLAN): LotPlayer => new LotPlayer(openedLot({ ...plan, ...change }));
export const newGovLot = (change: Partial<Plan> = {}): LotPlayer => newLot(change, GOV_PLAN);

/** Everybody signs in and pledges, the agency forms the committee, the first expert is elected chair: EVALUATING, step `review`. */
export function seatCommittee(lot: LotPlayer): LotPlayer {
  const { members } = lot.state.setup.rules!.committee;
  for (const { party, venue, seat } of memberSeats(members)) lot.do(party, 'committee.sign-in', { venue, seat });
  for (const { party } of memberSeats(members)) lot.do(party, 'committee.pledge', { recusal: false, discipline: true });
  lot.do('agency', 'committee.form');
  for (const { party } of memberSeats(members)) elect(lot, party, 'expert-1');
  return lot;
}

export const elect = (lot: LotPlayer, voter: string, candidate: string): LotPlayer =>
  lot.do(voter, 'committee.elect-chair', { round: lot.state.committee.election.round }, { secrets: { ballot: { candidate } } });

export const PASS = { pass: true };
export const FAIL = { pass: false, ground: 'UNQUALIFIED', reason: 'no licence' };

/** A whole review sheet: everything passes but what `fails` names (`<bidder>/<item>`). */
export function reviewSheet(lot: LotPlayer, fails: readonly string[] = []): JsonObject {
  const items = reviewItems(lot.state).map(({ id }) => id);
  const bids = reviewedBidders(lot.state).map((bidder) => [
    bidder,
    Object.fromEntries(items.map((item) => [item, fails.includes(`${bidder}/${item}`) ? FAIL : PASS])),
  ]);
  return { v: 1, bids: Object.fromEntries(bids) as JsonObject };
}

export const reviewPurpose = (lot: LotPlayer): string => purposeOf('review', lot.state.review.sheets.attempt);

/** The review step from keys to opening; `content` gives each member's sheet. */
export function playReview(lot: LotPlayer, content: (member: string) => JsonValue | Uint8Array): LotPlayer {
  handInReviews(lot, content).release(reviewPurpose(lot));
  return lot.do('node:main', 'review.open-sheets', {}, lot.openings(lot.state.review.sheets.boxes));
}
export function handInReviews(lot: LotPlayer, content: (member: string) => JsonValue | Uint8Array): LotPlayer {
  const purpose = reviewPurpose(lot);
  if (lot.state.keepers.published[purpose] === undefined) lot.publishKeys(purpose);
  for (const member of membersOf(lot.state)) {
    if (lot.state.review.sheets.opened[member] === undefined) lot.submit(member, 'review.submit-sheet', purpose, content(member));
  }
  return lot;
}

/** D is rejected four to one, as in TV-E2E-01. */
export const rejectD = (lot: LotPlayer) => (member: string) => reviewSheet(lot, member === 'expert-1' ? [] : ['bidder-4/qualified']);

/** A member's score sheet of the open part from a table of the worked examples. */
export function scoreSheet(lot: LotPlayer, member: string, table: Record<string, { t: number[]; c: number }>): JsonObject {
  const index = membersOf(lot.state).indexOf(member);
  const isTechnical = partOfStep(lot.state.committee.step) === 'technical';
  const bids = validBidders(lot.state).map((bidder) => {
    const row = table[letterOf(bidder)]!;
    return [bidder, isTechnical ? { t: String(row.t[index]) } : { c: String(row.c) }] as const;
  });
  return { v: 1, bids: Object.fromEntries(bids) };
}

export function scoresPurpose(lot: LotPlayer): string {
  const part = partOfStep(lot.state.committee.step)!;
  return purposeOf(`scores:${part}`, lot.state.scoring.parts[part].attempt);
}

/** The open scoring step from keys to opening. */
export function playScores(lot: LotPlayer, content: (member: string) => JsonValue | Uint8Array): LotPlayer {
  const purpose = scoresPurpose(lot);
  const part = partOfStep(lot.state.committee.step)!;
  lot.publishKeys(purpose);
  for (const member of membersOf(lot.state)) {
    if (lot.state.scoring.parts[part].opened[member] === undefined) lot.submit(member, 'scoring.submit-sheet', purpose, content(member));
  }
  lot.release(purpose);
  return lot.do('node:main', 'scoring.open-sheets', {}, lot.openings(lot.state.scoring.parts[part].boxes));
}

export function playToResult(lot: LotPlayer, table = TENDER_SCORES): LotPlayer {
  for (let part = 0; part < 2; part++) playScores(lot, (member) => scoreSheet(lot, member, table));
  return lot.do('node:main', 'scoring.aggregate');
}

export function playReport(lot: LotPlayer): LotPlayer {
  lot.do('node:main', 'report.generate');
  for (const member of membersOf(lot.state)) lot.do(member, 'report.sign', { report: lot.state.report.generated!.hash, mode: 'SIGNED' });
  return lot.do('tenderer', 'report.review', { outcome: 'ACCEPTED' });
}

/** TV-E2E-01 up to the accepted report. */
export function playTender(change: Partial<Plan> = {}): LotPlayer {
  const lot = seatCommittee(newLot(change));
  playReview(lot, rejectD(lot));
  return playReport(playToResult(lot));
}

/** TV-E2E-02 up to the accepted report: the purchaser qualifies all three. */
export function playGov(): LotPlayer {
  const lot = newGovLot();
  lot.do('agency', 'review.qualify', {}, { secrets: { qualification: qualification(lot) } });
  seatCommittee(lot);
  playReview(lot, () => reviewSheet(lot));
  return playReport(playToResult(lot, GOV_SCORES));
}

export const qualification = (lot: LotPlayer, failing: readonly string[] = []): JsonObject => ({
  v: 1,
  bids: Object.fromEntries(
    Object.values(lot.state.bidding.bids).map(({ bidder }) => [bidder, failing.includes(bidder) ? { ...FAIL } : { ...PASS }]),
  ),
});

/** One round of the award committee. */
export function playBallots(lot: LotPlayer, choices: readonly (string | null)[]): LotPlayer {
  const { round } = lot.state.award.vote;
  const purpose = ballotPurpose(lot.state);
  lot.publishKeys(purpose);
  lot.state.award.committee!.forEach((member, index) => {
    const ballot = { v: 1, choice: choices[index] ?? null, reason: `reason ${index}` };
    lot.submit(member, 'award.submit-ballot', purpose, ballot, { round });
  });
  lot.release(purpose);
  return lot.do('node:main', 'award.open-ballots', { round }, lot.openings(lot.state.award.vote.boxes));
}

/** A play made once per file, on first use; every test goes on from its own copy. */
export function once(play: () => LotPlayer): () => LotPlayer {
  let played: LotPlayer | null = null;
  return () => {
    played ??= play();
    return played.fork();
  };
}
