import { type LotState, moveTo } from '../kernel/state.js';
import { purposeOf, type SealedSheet, type Verdict } from '../sealed-step/index.js';
import { event } from '../kernel/slice.js';
import * as events from './events.js';
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
  readonly boxes: Readonly<Record<string, SealedSheet>>;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly countedSeq: number | null;
  readonly outcome: 'WINNER' | 'RUN_OFF' | 'EXHAUSTED' | null;
}

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
  /** Present round; earlier ones are in `rounds`. */
  readonly vote: VoteRound;
  readonly rounds: readonly VoteRound[];
  /** Candidates who can not have the award any more, and why (条例 55). */
  readonly passedOver: Readonly<Record<string, PassOverCause>>;
  /** Entry whose part `d:award` names the winner. */
  readonly decided: { readonly seq: number; readonly at: string } | null;
  readonly announced: {
    readonly seq: number;
    readonly at: string;
    readonly winner: string;
    readonly price: string;
    readonly late: boolean;
  } | null;
  readonly contract: {
    readonly at: string;
    readonly hash: string;
    readonly price: string;
    readonly signedAt: string;
    readonly late: boolean;
  } | null;
  readonly archive: { readonly at: string; readonly package: string; readonly size: number } | null;
}

const FIRST_VOTE: VoteRound = { round: 1, boxes: {}, verdicts: {}, countedSeq: null, outcome: null };

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
  vote: FIRST_VOTE,
  rounds: [],
  passedOver: {},
  decided: null,
  announced: null,
  contract: null,
  archive: null,
};

const withAward = (state: LotState, change: Partial<AwardState>): LotState => ({ ...state, award: { ...state.award, ...change } });

/** The next round under the next purpose: the keepers' keys of this one are out. */
function nextRound(state: LotState): LotState {
  const { vote, rounds } = state.award;
  return withAward(state, { rounds: [...rounds, vote], vote: { ...FIRST_VOTE, round: vote.round + 1 } });
}

export const BALLOTS = 'ballots';
/** `ballots`, and `ballots:2` … for every further round. */
export const ballotPurpose = (state: LotState): string => purposeOf(BALLOTS, state.award.vote.round);

/** All ballots of the round are in: what keepers wait for. */
export function isRoundFull(state: LotState): boolean {
  const { committee, vote } = state.award;
  return committee !== null && vote.countedSeq === null && committee.every((member) => Object.hasOwn(vote.boxes, member));
}

const publicityEvents = {
  'award.candidates-published': event({
    schema: events.zCandidatesPublished,
    evolve: (state, { at, until, late, candidates }) =>
      moveTo({ ...state, award: { ...initialAward, publicity: { from: at, until, late, candidates } } }, 'CANDIDATE_PUBLICITY'),
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
    evolve: (state, { at }) => moveTo(withAward(state, { publicityClosedAt: at }), 'AWARDING'),
  }),
  'award.opened': event({ schema: events.zAwardOpened, evolve: (state) => moveTo(state, 'AWARDING') }),
};

const voteEvents = {
  'award.committee-formed': event({
    schema: events.zCommitteeFormed,
    evolve: (state, { members }) => withAward(state, { committee: members }),
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
      const counted = withAward(state, { vote: { ...state.award.vote, verdicts, outcome, countedSeq: header.seq } });
      return outcome === 'RUN_OFF' ? nextRound(counted) : counted;
    },
  }),
};

const resultEvents = {
  'award.decided': event({
    schema: events.zDecided,
    evolve: (state, { at }, { header }) => moveTo(withAward(state, { decided: { seq: header.seq, at } }), 'AWARDED'),
  }),
  'award.announced': event({
    schema: events.zAnnounced,
    evolve: (state, { at, winner, price, late }, { header }) =>
      withAward(state, { announced: { seq: header.seq, at, winner, price, late } }),
  }),
  'award.passed-over': event({
    schema: events.zPassedOver,
    evolve: (state, { bidder, cause }) => {
      const passed = withAward(state, { passedOver: { ...state.award.passedOver, [bidder]: cause }, decided: null, announced: null });
      return moveTo(state.award.vote.countedSeq === null ? passed : nextRound(passed), 'AWARDING');
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

export const awardEvents = { ...publicityEvents, ...voteEvents, ...resultEvents };
