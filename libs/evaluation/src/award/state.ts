import { type LotState, moveTo, own } from '../kernel/state.js';
import { purposeOf, type SealedSheet, type Verdict } from '../sealed-step/index.js';
import { event } from '../kernel/slice.js';
import { zLotResumed } from '../lot/index.js';
import { zDelivered } from '../report/index.js';
import * as events from './events.js';
import type { z } from 'zod';
import type { PassOverCause } from './commands.js';

export interface AwardCandidate {
  readonly bidder: string;
  readonly name: string;
  readonly price: string;
  /** Null where candidates are published without order (评定分离). */
  readonly rank: number | null;
  readonly total: string | null;
}

/** 异议 / 质疑; texts are secret parts of the entries named. */
interface Objection {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly seq: number;
  readonly replyDue: string;
  readonly answered: { readonly at: string; readonly seq: number; readonly upheld: boolean; readonly late: boolean } | null;
}

/** One round of the award committee's vote. Choices are secret parts; the tally is part `d:tally` of the entry that counted. */
interface VoteRound {
  readonly round: number;
  /** Round that this vote began with; after a pass-over another vote begins. */
  readonly since: number;
  /** From when members may vote; null while no committee is formed or the candidates are still published. */
  readonly openedAt: string | null;
  /** Who sits in for somebody has a time of his own. */
  readonly isSubstituted: boolean;
  /** Members without whom the round is counted, its time being over; null while it waits for all. */
  readonly absent: readonly string[] | null;
  readonly boxes: Readonly<Record<string, SealedSheet>>;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly countedSeq: number | null;
  readonly outcome: (typeof events.COUNTED_OUTCOMES)[number] | 'VOID' | null;
}

export type Evidence = z.infer<typeof events.zEvidence>;

export interface AwardState {
  readonly publicity: {
    readonly from: string;
    readonly until: string;
    readonly late: boolean;
    readonly candidates: readonly AwardCandidate[];
  } | null;
  readonly publicityClosedAt: string | null;
  readonly objections: readonly Objection[];
  /** 定标委员会. */
  readonly committee: readonly string[] | null;
  /** Who sits in next for an absent member. */
  readonly substitutes: readonly string[];
  readonly substituted: readonly { readonly absent: string; readonly substitute: string; readonly round: number; readonly at: string }[];
  /** Present round; earlier ones are in `rounds`. */
  readonly vote: VoteRound;
  readonly rounds: readonly VoteRound[];
  /** What the record holds against a candidate: its own word, or the authority's. */
  readonly against: Readonly<Record<string, readonly ({ readonly cause: PassOverCause } & Evidence)[]>>;
  /** Later ends of their bids' validity that bidders agreed to (投标有效期). */
  readonly validity: Readonly<Record<string, { readonly until: string; readonly seq: number }>>;
  /** The later end of validity that bidders were asked for last. */
  readonly asked: { readonly until: string; readonly seq: number } | null;
  /** Candidates who cannot have the award any more, and why (条例 55). `evidence`: null under an engine that asked for none. */
  readonly passedOver: Readonly<Record<string, { readonly cause: PassOverCause; readonly evidence: Evidence | null }>>;
  /** Entry whose part `d:award` names the winner. */
  readonly decided: { readonly seq: number; readonly at: string; readonly deemed: boolean } | null;
  readonly announced: {
    readonly seq: number;
    readonly at: string;
    readonly winner: string;
    readonly price: string;
    readonly late: boolean;
    readonly securityDue: string | null;
  } | null;
  /** Time lost to suspensions since the report was delivered, milliseconds. */
  readonly lostMs: number;
  readonly contract: {
    readonly at: string;
    readonly hash: string;
    readonly price: string;
    readonly signedAt: string;
    readonly late: boolean;
  } | null;
  readonly archive: { readonly at: string; readonly package: string; readonly size: number } | null;
}

export const FIRST_VOTE: VoteRound = {
  round: 1,
  since: 1,
  openedAt: null,
  isSubstituted: false,
  absent: null,
  boxes: {},
  verdicts: {},
  countedSeq: null,
  outcome: null,
};

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly award: AwardState;
  }
}

export const initialAward: AwardState = {
  publicity: null,
  publicityClosedAt: null,
  objections: [],
  committee: null,
  substitutes: [],
  substituted: [],
  vote: FIRST_VOTE,
  rounds: [],
  against: {},
  validity: {},
  asked: null,
  passedOver: {},
  decided: null,
  announced: null,
  lostMs: 0,
  contract: null,
  archive: null,
};

const withAward = (state: LotState, change: Partial<AwardState>): LotState => ({ ...state, award: { ...state.award, ...change } });

/** The next round under the next purpose: the keepers' keys of this one are out. */
function nextRound(state: LotState, openedAt: string | null, since: number = state.award.vote.since): LotState {
  const { vote, rounds } = state.award;
  return withAward(state, { rounds: [...rounds, vote], vote: { ...FIRST_VOTE, round: vote.round + 1, since, openedAt } });
}

const withVote = (state: LotState, change: Partial<VoteRound>): LotState => withAward(state, { vote: { ...state.award.vote, ...change } });

const withEvidence = (state: LotState, bidder: string, cause: PassOverCause, evidence: Evidence): LotState => {
  const { against } = state.award;
  return withAward(state, { against: { ...against, [bidder]: [...(own(against, bidder) ?? []), { cause, ...evidence }] } });
};

export const BALLOTS = 'ballots';
/** `ballots`, and `ballots:2` … for every further round. */
export const ballotPurpose = (state: LotState): string => purposeOf(BALLOTS, state.award.vote.round);

/** Members whose ballot of the present round is not in. */
export const absentOf = ({ award: { committee, vote } }: LotState): string[] =>
  (committee ?? []).filter((member) => !Object.hasOwn(vote.boxes, member));

/** Every ballot that the round waits for is in: what keepers wait for. */
export function isRoundFull(state: LotState): boolean {
  const { committee, vote } = state.award;
  return committee !== null && vote.countedSeq === null && (vote.absent !== null || absentOf(state).length === 0);
}

const publicityEvents = {
  'award.candidates-published': event({
    schema: events.zCandidatesPublished,
    evolve: (state, { at, until, late, candidates }) => {
      const { against, validity, asked } = state.award;
      return moveTo(
        withAward(state, { ...initialAward, against, validity, asked, publicity: { from: at, until, late, candidates } }),
        'CANDIDATE_PUBLICITY',
      );
    },
  }),
  'award.objected': event({
    schema: events.zObjected,
    evolve: (state, { id, by, at, replyDue }, { header }) =>
      withAward(state, {
        objections: [...state.award.objections, { id, by, at, seq: header.seq, replyDue, answered: null }],
      }),
  }),
  'award.objection-answered': event({
    schema: events.zObjectionAnswered,
    evolve: (state, { id, at, upheld, late }, { header }) =>
      withAward(state, {
        objections: state.award.objections.map((one) =>
          one.id === id ? { ...one, answered: { at, seq: header.seq, upheld, late } } : one,
        ),
      }),
  }),
  'award.publicity-closed': event({
    schema: events.zPublicityClosed,
    evolve: (state, { at }) => {
      const isFormed = state.award.committee !== null;
      return moveTo(withVote(withAward(state, { publicityClosedAt: at }), { openedAt: isFormed ? at : null }), 'AWARDING');
    },
  }),
  'award.opened': event({ schema: events.zAwardOpened, evolve: (state) => moveTo(state, 'AWARDING') }),
};

const voteEvents = {
  'award.committee-formed': event({
    schema: events.zCommitteeFormed,
    evolve: (state, { at, members, substitutes }) =>
      withVote(withAward(state, { committee: members, substitutes }), { openedAt: state.status === 'AWARDING' ? at : null }),
  }),
  'award.members-substituted': event({
    schema: events.zMembersSubstituted,
    evolve: (state, { at, round, replaced }) => {
      const { committee, substitutes, substituted } = state.award;
      const inFor = (member: string): string => replaced.find(({ absent }) => absent === member)?.substitute ?? member;
      const changed = withAward(state, {
        committee: committee?.map(inFor) ?? null,
        substitutes: substitutes.slice(replaced.length),
        substituted: [...substituted, ...replaced.map((pair) => ({ ...pair, round, at }))],
      });
      return withVote(changed, { openedAt: at, isSubstituted: true });
    },
  }),
  'award.round-closed': event({ schema: events.zRoundClosed, evolve: (state, { absent }) => withVote(state, { absent }) }),
  'award.round-void': event({
    schema: events.zRoundVoid,
    evolve: (state, { absent }) =>
      nextRound(withAward(withVote(state, { absent, outcome: 'VOID' }), { committee: null, substitutes: [] }), null),
  }),
  'award.ballot-submitted': event({
    schema: events.zBallotSubmitted,
    evolve: (state, { member, manifest }, { header }) => {
      const boxes = { ...state.award.vote.boxes, [member]: { seq: header.seq, manifest } };
      return withAward(state, { vote: { ...state.award.vote, boxes } });
    },
  }),
  'award.round-counted': event({
    schema: events.zRoundCounted,
    evolve: (state, { verdicts, outcome }, { header }) => {
      const counted = withVote(state, { verdicts, outcome, countedSeq: header.seq });
      return outcome === 'RUN_OFF' ? nextRound(counted, header.at) : counted;
    },
  }),
};

const resultEvents = {
  'award.decided': event({
    schema: events.zDecided,
    evolve: (state, { at, deemed }, { header }) => moveTo(withAward(state, { decided: { seq: header.seq, at, deemed } }), 'AWARDED'),
  }),
  'award.announced': event({
    schema: events.zAnnounced,
    evolve: (state, { at, winner, price, late, securityDue }, { header }) =>
      withAward(state, { announced: { seq: header.seq, at, winner, price, late, securityDue } }),
  }),
  'award.given-up': event({
    schema: events.zGivenUp,
    evolve: (state, { at, bidder, cause }, { header: { seq } }) => withEvidence(state, bidder, cause, { seq, by: bidder, at }),
  }),
  'award.validity-asked': event({
    schema: events.zValidityAsked,
    evolve: (state, { until }, { header: { seq } }) => withAward(state, { asked: { until, seq } }),
  }),
  'award.validity-extended': event({
    schema: events.zValidityExtended,
    evolve: (state, { bidder, until }, { header: { seq } }) =>
      withAward(state, { validity: { ...state.award.validity, [bidder]: { until, seq } } }),
  }),
  'award.unlawful-found': event({
    schema: events.zUnlawfulFound,
    evolve: (state, { at, by, bidder }, { header: { seq } }) => withEvidence(state, bidder, 'UNLAWFUL', { seq, by, at }),
  }),
  'award.passed-over': event({
    schema: events.zPassedOver,
    evolve: (state, { at, bidder, cause, evidence }) => {
      const passedOver = { ...state.award.passedOver, [bidder]: { cause, evidence } };
      const passed = withAward(state, { passedOver, decided: null, announced: null });
      const { vote, committee } = state.award;
      // Another vote, with rounds of its own.
      return moveTo(vote.countedSeq === null ? passed : nextRound(passed, committee === null ? null : at, vote.round + 1), 'AWARDING');
    },
  }),
  'award.contract-recorded': event({
    schema: events.zContractRecorded,
    evolve: (state, { type: _, ...contract }) => moveTo(withAward(state, { contract }), 'CONTRACTED'),
  }),
  'award.archived': event({
    schema: events.zArchived,
    evolve: (state, { at, package: hash, size }) => moveTo(withAward(state, { archive: { at, package: hash, size } }), 'ARCHIVED'),
  }),
};

/** A suspension takes no time from whoever is to decide on a report. */
export const awardFollows = {
  'report.delivered': event({ schema: zDelivered, evolve: (state) => withAward(state, { lostMs: 0 }) }),
  'lot.resumed': event({
    schema: zLotResumed,
    evolve: (state, { lostMs }) => (state.report.deliveredAt === null ? state : withAward(state, { lostMs: state.award.lostMs + lostMs })),
  }),
} as const;

export const awardEvents = { ...publicityEvents, ...voteEvents, ...resultEvents };
