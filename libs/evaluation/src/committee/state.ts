import type { VisibleEntry } from '@app/contracts';
import { type LotState, moveTo, own } from '../kernel/state.js';
import { event } from '../kernel/slice.js';
import { zClosed } from '../opening/index.js';
import * as events from './events.js';
import type { ExcusalCause } from './commands.js';
import type { EvaluationStep } from './steps.js';

export interface Presence {
  readonly venue: string;
  readonly seat: string;
  readonly signedInAt: string;
  readonly pledgedAt: string | null;
}

/** One round of the election; `ballots` maps voters to the entries that hold their votes. */
interface ElectionRound {
  readonly round: number;
  /** Those who may be voted for; null for every member who may chair. */
  readonly candidates: readonly string[] | null;
  readonly ballots: Readonly<Record<string, number>>;
}

interface MoreTime {
  readonly asked: readonly string[];
  /** More than a third asked: the step stays open until the agency grants more. */
  readonly due: boolean;
  readonly grantedUntil: string | null;
}

/** A key of this lot by which a member is checked where his name is not known. */
export interface LotKey {
  readonly member: string;
  readonly boundAt: string;
  /** Null: nobody but the main venue says yet that it is the member's. */
  readonly attestedAt: string | null;
}

export interface CommitteeState {
  /** End of the opening: from here on members come to their seats. Null before. */
  readonly gatheringFrom: string | null;
  readonly formedAt: string | null;
  /** Keys of members, by the key. */
  readonly keys: Readonly<Record<string, LotKey>>;
  readonly present: Readonly<Record<string, Presence>>;
  /** Who is no member any more; every other party with a member's role is one. */
  readonly excused: Readonly<Record<string, { readonly at: string; readonly cause: ExcusalCause }>>;
  readonly election: ElectionRound;
  readonly chair: string | null;
  readonly step: EvaluationStep | null;
  readonly stepOpenedAt: string | null;
  readonly moreTime: MoreTime;
  /** Grows with every re-evaluation. */
  readonly cycle: number;
}

const NO_TIME: MoreTime = { asked: [], due: false, grantedUntil: null };
const FIRST_ROUND: ElectionRound = { round: 1, candidates: null, ballots: {} };

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly committee: CommitteeState;
  }
}

export const initialCommittee: CommitteeState = {
  gatheringFrom: null,
  formedAt: null,
  keys: {},
  present: {},
  excused: {},
  election: FIRST_ROUND,
  chair: null,
  step: null,
  stepOpenedAt: null,
  moreTime: NO_TIME,
  cycle: 1,
};

const withCommittee = (state: LotState, change: Partial<CommitteeState>): LotState => ({
  ...state,
  committee: { ...state.committee, ...change },
});

const formed = (state: LotState, at: string): LotState => withCommittee(state, { formedAt: at });

const signedIn = (state: LotState, member: string, presence: Presence): LotState =>
  withCommittee(state, { present: { ...state.committee.present, [member]: presence } });

const keyed = (state: LotState, key: string, lotKey: LotKey): LotState =>
  withCommittee(state, { keys: { ...state.committee.keys, [key]: lotKey } });

function attested(state: LotState, key: string, at: string): LotState {
  const known = own(state.committee.keys, key);
  return known === undefined ? state : keyed(state, key, { ...known, attestedAt: at });
}

function pledged(state: LotState, member: string, at: string): LotState {
  const presence = state.committee.present[member];
  return presence === undefined ? state : signedIn(state, member, { ...presence, pledgedAt: at });
}

/** Takes a member out with everything he did in the election; votes start over, since one of them is gone (条例 48). */
function excused(state: LotState, member: string, at: string, cause: ExcusalCause): LotState {
  const { present, excused: before, chair } = state.committee;
  return withCommittee(state, {
    present: Object.fromEntries(Object.entries(present).filter(([party]) => party !== member)),
    excused: { ...before, [member]: { at, cause } },
    election: FIRST_ROUND,
    chair: chair === member ? null : chair,
    moreTime: { ...state.committee.moreTime, asked: state.committee.moreTime.asked.filter((party) => party !== member) },
  });
}

function ballotCast(state: LotState, voter: string, entry: VisibleEntry): LotState {
  const { election } = state.committee;
  return withCommittee(state, { election: { ...election, ballots: { ...election.ballots, [voter]: entry.header.seq } } });
}

const chairTied = (state: LotState, tied: readonly string[]): LotState =>
  withCommittee(state, { election: { round: state.committee.election.round + 1, candidates: tied, ballots: {} } });

const chairElected = (state: LotState, chair: string): LotState => withCommittee(state, { chair });

export const stepOpened = (state: LotState, step: EvaluationStep | null, at: string): LotState =>
  withCommittee(state, { step, stepOpenedAt: at, moreTime: NO_TIME });

const moreTimeAsked = (state: LotState, member: string, due: boolean): LotState =>
  withCommittee(state, {
    moreTime: { ...state.committee.moreTime, asked: [...state.committee.moreTime.asked, member], due: due || state.committee.moreTime.due },
  });

const moreTimeGranted = (state: LotState, until: string): LotState =>
  withCommittee(state, { moreTime: { asked: [], due: false, grantedUntil: until } });

/** A new round of evaluation by the same committee, or by one yet to be formed. */
function reopened(state: LotState, committee: 'same' | 'new', at: string): LotState {
  const cycle = state.committee.cycle + 1;
  if (committee === 'same') return withCommittee(state, { cycle, step: null, stepOpenedAt: null, moreTime: NO_TIME });
  const gone = Object.fromEntries(
    Object.keys(state.committee.present).map((party) => [party, { at, cause: 'COMMITTEE_REFORMED' as const }]),
  );
  return withCommittee(state, {
    ...initialCommittee,
    keys: state.committee.keys,
    gatheringFrom: at,
    cycle,
    excused: { ...state.committee.excused, ...gone },
  });
}

export const committeeEvents = {
  'committee.signed-in': event({
    schema: events.zSignedIn,
    evolve: (state, { member, venue, seat, at }) => signedIn(state, member, { venue, seat, signedInAt: at, pledgedAt: null }),
  }),
  'committee.key-bound': event({
    schema: events.zKeyBound,
    evolve: (state, { member, key, at }) => keyed(state, key, { member, boundAt: at, attestedAt: null }),
  }),
  'committee.key-attested': event({ schema: events.zKeyAttested, evolve: (state, { key, at }) => attested(state, key, at) }),
  'committee.pledged': event({ schema: events.zPledged, evolve: (state, { member, at }) => pledged(state, member, at) }),
  'committee.excused': event({
    schema: events.zExcused,
    // 条例 48: the evaluation goes back to the first step, where only the replacement owes; what he concluded the later slices drop.
    evolve: (state, { member, cause, at }) => {
      const left = excused(state, member, at, cause);
      return left.status === 'EVALUATING' && left.committee.step !== null ? stepOpened(left, 'review', at) : left;
    },
  }),
  'committee.formed': event({ schema: events.zFormed, evolve: (state, { at }) => moveTo(formed(state, at), 'COMMITTEE_READY') }),
  'committee.ballot-cast': event({
    schema: events.zBallotCast,
    evolve: (state, { member }, entry) => ballotCast(state, member, entry),
  }),
  'committee.chair-tied': event({ schema: events.zChairTied, evolve: (state, { tied }) => chairTied(state, tied) }),
  'committee.chair-elected': event({ schema: events.zChairElected, evolve: (state, { chair }) => chairElected(state, chair) }),
  'committee.chair-designated': event({ schema: events.zChairDesignated, evolve: (state, { chair }) => chairElected(state, chair) }),
  'committee.evaluation-started': event({ schema: events.zEvaluationStarted, evolve: (state) => moveTo(state, 'EVALUATING') }),
  'committee.step-opened': event({ schema: events.zStepOpened, evolve: (state, { step, at }) => stepOpened(state, step, at) }),
  'committee.more-time-asked': event({
    schema: events.zMoreTimeAsked,
    evolve: (state, { member, due }) => moreTimeAsked(state, member, due),
  }),
  'committee.more-time-granted': event({
    schema: events.zMoreTimeGranted,
    evolve: (state, { until }) => moreTimeGranted(state, until),
  }),
  'committee.reopened': event({
    schema: events.zReopened,
    evolve: (state, { committee, at }) => {
      const fresh = reopened(state, committee, at);
      return committee === 'same' ? moveTo(fresh, 'EVALUATING') : fresh;
    },
  }),
};

export const committeeFollows = {
  'opening.closed': event({ schema: zClosed, evolve: (state, { at }) => withCommittee(state, { gatheringFrom: at }) }),
} as const;
