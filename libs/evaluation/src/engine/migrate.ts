import type { Role } from '@app/contracts';
import { type AwardState, FIRST_VOTE, initialAward, type PassOverCause } from '../award/index.js';
import type { Order, SetupState, TenderRules } from '../lot/index.js';
import { NO_FACTS, profileFor } from '../lot/index.js';
import type { BiddingState } from '../bidding/index.js';
import type { Candidate, DrawRequest, DrawSlot } from '../draw/index.js';
import { type DrawState, initialDraw, PoolList } from '../draw/index.js';
import type { CommitteeState } from '../committee/index.js';
import { type Coefficient, initialOpening, type OpenedBid, type OpeningState } from '../opening/index.js';
import type { LotState, PartyFacts } from '../kernel/state.js';
import type { RuleSet } from '../law/index.js';
import { RULE_SETS, TIE_RULES } from '../law/index.js';
import type { KeepersState } from '../keepers/index.js';
import type { Limits } from '../law/rule-set.js';
import { initialMotions, type MotionsState } from '../motions/index.js';
import { initialRecording, type RecordingState } from '../recording/index.js';
import { initialScoring, type ScoringState } from '../scoring/index.js';
import { initialSecurity, type SecurityState } from '../security/index.js';

/** A request whose places the log said. */
interface RequestBefore {
  readonly version: number;
  readonly slots: readonly DrawSlot[];
  readonly nonceParties: readonly string[];
}
/** The draw as engine 0.1.0 kept it: every candidate in the state, in drawn order. */
interface DrawBefore extends Pick<DrawState, 'seed' | 'contacts' | 'filled'> {
  readonly request: RequestBefore | null;
  readonly pool: { readonly index: string; readonly candidates: readonly Omit<Candidate, 'person'>[]; readonly recused: number } | null;
  readonly order: readonly string[];
}

/** As engines 0.2.0 and 0.3.0 kept it: the plan in the log, and in 0.2.0 the last call with the places that were open, by its names. */
interface DrawNamed extends Omit<DrawState, 'lastCall' | 'request'> {
  readonly request: RequestBefore | null;
  readonly lastCall: DrawState['lastCall'] | { readonly rank: string; readonly open: readonly string[] };
}

/** The list as engines before kept it: the lock told it at once, and up to 0.2.0 an act that did not stand kept the lot from being locked. */
type BiddingBefore = Omit<BiddingState, NewOfBidding> & Partial<Pick<BiddingState, NewOfBidding>>;
type NewOfBidding = 'dropped' | 'root' | 'listSeq' | 'takesQuestions' | 'answers' | 'objections';

/** Up to 0.4.0 no lot asked its trustees for a drill. */
type KeepersBefore = Omit<KeepersState, 'drill'> & Partial<Pick<KeepersState, 'drill'>>;

type PartiesBefore = Readonly<Record<string, Omit<PartyFacts, 'admittedAs'> & Partial<Pick<PartyFacts, 'admittedAs'>>>>;

/** The opening as engines up to 0.2.0 kept it: K came from nonces that each contributor revealed. */
interface OpeningBefore extends Omit<OpeningState, 'coefficient' | 'findings' | 'bids'> {
  readonly bids: Readonly<Record<string, Omit<OpenedBid, 'explanation'>>>;
  readonly coefficient: Pick<Coefficient, 'seed' | 'value'> & { readonly reveals: Coefficient['nonces'] };
}

/** What the law of its day did not know stays unknown to a lot that runs under it: the rule set is frozen. */
const NEW_LIMITS = { resultNotice: null, awardBallot: null, securityReturn: null };
const NEW_THRESHOLDS = { awardQuorum: null, bidSecurityPercentMax: null, worksSecurityMax: null };
type NewLimit = 'memberArrival' | 'priceAnswer' | 'motionVote' | keyof typeof NEW_LIMITS;

/** A tender document as engines 0.1.0 and 0.2.0 knew it: the ceiling stood for the budget, and the law alone ordered ties. */
type RulesBefore = Omit<TenderRules, 'facts' | 'ties'> & Partial<Pick<TenderRules, 'facts' | 'ties'>>;
type RuleSetBefore = Omit<RuleSet, 'ties' | 'preferences' | 'calendar' | 'limits' | 'thresholds'> & {
  readonly thresholds: Omit<RuleSet['thresholds'], keyof typeof NEW_THRESHOLDS> & Partial<RuleSet['thresholds']>;
  readonly limits: Omit<Limits, NewLimit> & Partial<Limits>;
  readonly ties: readonly string[];
  readonly calendar: Omit<RuleSet['calendar'], 'to'> & Partial<Pick<RuleSet['calendar'], 'to'>>;
};
/** Before 0.3.0 no order tolerated a fault. */
type OrderBefore = Omit<Order, 'fault'> & Partial<Pick<Order, 'fault'>>;
interface SetupBefore extends Omit<SetupState, 'rules' | 'ruleSet' | 'orders' | 'signatures'>, Partial<Pick<SetupState, 'signatures'>> {
  readonly rules: RulesBefore | null;
  readonly ruleSet: RuleSetBefore | null;
  readonly orders: readonly OrderBefore[];
}

type RoundBefore = Pick<AwardState['vote'], 'round' | 'boxes' | 'verdicts' | 'countedSeq' | 'outcome'>;
/** The award as engine 0.2.0 kept it: a pass-over rested on nothing, and a round waited for every member. */
interface AwardBefore extends Pick<AwardState, 'publicity' | 'publicityClosedAt' | 'objections' | 'committee' | 'contract' | 'archive'> {
  readonly vote: RoundBefore;
  readonly rounds: readonly RoundBefore[];
  readonly passedOver: Readonly<Record<string, PassOverCause>>;
  readonly decided: Omit<NonNullable<AwardState['decided']>, 'deemed'> | null;
  readonly announced: Omit<NonNullable<AwardState['announced']>, 'securityDue'> | null;
}

/** The state as earlier engines kept it. In 0.1.0 a party that had left had lost its kind, which its pseudonym still tells. */
export type StateBefore = Omit<
  LotState,
  | 'parties'
  | 'keepers'
  | 'draw'
  | 'bidding'
  | 'security'
  | 'recording'
  | 'motions'
  | 'committee'
  | 'scoring'
  | 'opening'
  | 'setup'
  | 'award'
> & {
  readonly keepers: KeepersBefore;
  /** Before 0.5.0 no bid security was recorded. */
  readonly security?: SecurityState;
  /** Before 0.6.0 nothing was recorded. */
  readonly recording?: RecordingState;
  /** Up to 0.5.0 the committee decided on nothing between review and ranking. */
  readonly motions?: MotionsState;
  readonly bidding: BiddingBefore;
  readonly scoring: Pick<ScoringState, 'parts' | 'aggregated'>;
  readonly committee: Omit<CommitteeState, 'gatheringFrom' | 'keys'> & Partial<Pick<CommitteeState, 'gatheringFrom' | 'keys'>>;
  readonly setup: SetupBefore;
  readonly parties: PartiesBefore;
  readonly draw: DrawBefore | DrawNamed | DrawState;
  readonly opening: OpeningBefore | OpeningState;
  readonly award: AwardBefore | AwardState;
};

const kindOf = (party: string): Role[] => (party.startsWith('expert-') ? ['expert'] : ['tenderer-representative']);

/** What was migrated before, by the object: most entries leave it as it is, and a log is read after each of them. */
function once<A extends object, B, C>(migrate: (before: A, with_: C) => B): (before: A, with_: C) => B {
  const migrated = new WeakMap<A, { readonly after: B }>();
  return (before, with_) => {
    const known = migrated.get(before);
    if (known !== undefined) return known.after;
    const after = migrate(before, with_);
    migrated.set(before, { after });
    return after;
  };
}

const parties = once((before: PartiesBefore, _state: StateBefore): LotState['parties'] =>
  Object.fromEntries(
    Object.entries(before).map(([party, facts]): [string, PartyFacts] => {
      // Only members of the evaluation committee leave a lot (条例 48).
      const admittedAs = facts.admittedAs ?? (facts.roles.length > 0 ? facts.roles : kindOf(party));
      return [party, { ...facts, admittedAs }];
    }),
  ),
);

const keepers = once((before: KeepersBefore, _state: StateBefore): KeepersState =>
  before.drill === undefined ? { ...before, drill: null } : (before as KeepersState),
);

const bidding = once((before: BiddingBefore, _state: StateBefore): BiddingState => {
  if (before.takesQuestions !== undefined) return before as BiddingState;
  // Up to 0.4.0 a question or an objection among the acts would be dropped at the lock, and the list would say so.
  const none = { takesQuestions: false, answers: {}, objections: [] };
  if (before.listSeq !== undefined) return { ...(before as BiddingState), ...none };
  return { ...before, ...none, dropped: before.dropped ?? [], root: null, listSeq: before.seq };
});

/** The list itself goes on: the log holds it. Its root is what calls prove candidates against from now on. */
const pool = once((before: NonNullable<DrawBefore['pool']>, state: StateBefore): DrawState['pool'] => {
  const { index, recused } = before;
  const listed = before.candidates.map((candidate) => ({ ...candidate, person: null }));
  const { root, count } = PoolList.of(profileFor(state as LotState), listed);
  return { index, recused, root, count, blob: null, seq: null, listed };
});

/** Its places stay where they were said. */
const listed = ({ version, slots, nonceParties }: RequestBefore): DrawRequest => ({
  version,
  count: slots.length,
  nonceParties,
  seq: null,
  listed: slots,
});

const draw = once((before: DrawBefore | DrawNamed | DrawState, state: StateBefore): DrawState => {
  if (!('order' in before)) {
    // Without a request there was no call either.
    if (before.request === null || 'listed' in before.request) return before as DrawState;
    const request = listed(before.request);
    const { lastCall } = before;
    if (lastCall === null || 'held' in lastCall) return { ...before, request, lastCall };
    const { rank, open } = lastCall;
    return { ...before, request, lastCall: { rank, held: Object.keys(before.filled).filter((slot) => !open.includes(slot)) } };
  }
  const { seed, contacts, filled } = before;
  const request = before.request === null ? null : listed(before.request);
  // Nonces that were only committed to can be withheld: without a seed the plan stands, and the rest of the draw begins anew.
  if (seed === null) return { ...initialDraw, request };
  return { ...initialDraw, request, seed, contacts, filled, pool: before.pool === null ? null : pool(before.pool, state) };
});

/** When members may come was not kept: the window to confirm the opening record was over by then. Members had no keys of the lot. */
const committee = once((before: StateBefore['committee'], { opening }: StateBefore): CommitteeState => {
  const { gatheringFrom = opening.step === 'CLOSED' ? opening.confirmUntil : null, keys = {} } = before;
  return before.keys === undefined ? { ...before, gatheringFrom, keys } : (before as CommitteeState);
});

/** Before, whole sheets were judged again, never some cells. */
const scoring = once((before: StateBefore['scoring'], _state: StateBefore): ScoringState => ({ ...initialScoring, ...before }));

const opening = once((before: OpeningBefore | OpeningState, _state: StateBefore): OpeningState => {
  if (!('reveals' in before.coefficient)) return before as OpeningState;
  // Nonces that were only committed to can be withheld: where K is not drawn, the draw begins anew.
  const { seed, value, reveals } = before.coefficient;
  const bids = Object.fromEntries(Object.entries(before.bids).map(([bid, opened]) => [bid, { ...opened, explanation: null }]));
  const coefficient = { ...initialOpening.coefficient, seed, value, nonces: seed === null ? {} : reveals };
  return { ...before, bids, findings: {}, coefficient };
});

const tenderRules = once((before: RulesBefore, { setup }: StateBefore): TenderRules => {
  const budget = setup.regime === 'GOV_PROCUREMENT' ? before.ceiling : null;
  return { ...before, facts: before.facts ?? { ...NO_FACTS, budget }, ties: before.ties ?? [] };
});

/** What the lot froze stands. Bounds of preferences and the end of the calendar had no names yet: they are those of the same law today. */
const ruleSet = once((before: RuleSetBefore, _state: StateBefore): RuleSet | null => {
  const today = RULE_SETS.find(({ id }) => id === before.id);
  if (today === undefined) return null;
  const { to } = today.calendar;
  const ties = TIE_RULES.filter((tie) => before.ties.includes(tie));
  // When members must have come or voted, and until when a bidder answers for a price, is asked of every lot, so it has today's value.
  const { memberArrival, priceAnswer, motionVote } = today.limits;
  const limits: Limits = { ...NEW_LIMITS, memberArrival, priceAnswer, motionVote, ...before.limits };
  const thresholds = { ...NEW_THRESHOLDS, ...before.thresholds };
  return { ...before, limits, thresholds, ties, preferences: today.preferences, calendar: { to, ...before.calendar } };
});

const setup = once((before: SetupBefore, state: StateBefore): SetupState => ({
  // Up to 0.4.0 no document was signed as a file.
  signatures: {},
  ...before,
  rules: before.rules === null ? null : tenderRules(before.rules, state),
  ruleSet: before.ruleSet === null ? null : ruleSet(before.ruleSet, state),
  orders: before.orders.map((order) => ({ fault: null, ...order })),
}));

const award = once((before: AwardBefore | AwardState, _state: StateBefore): AwardState => {
  if ('lostMs' in before) return 'asked' in before ? before : { ...(before as AwardState), asked: null };
  const { vote, rounds, passedOver, decided, announced } = before;
  const since = (rounds.findLast(({ outcome }) => outcome === 'WINNER')?.round ?? 0) + 1;
  return {
    ...initialAward,
    ...before,
    vote: { ...FIRST_VOTE, ...vote, since },
    rounds: rounds.map((round) => ({ ...FIRST_VOTE, ...round, since: round.round < since ? 1 : since })),
    passedOver: Object.fromEntries(Object.entries(passedOver).map(([bidder, cause]) => [bidder, { cause, evidence: null }])),
    decided: decided === null ? null : { ...decided, deemed: false },
    announced: announced === null ? null : { ...announced, securityDue: null },
  };
});

/** The state of the engine before this one in this one's shape; a state that has it already stays what it is. */
export const migrateState = (before: StateBefore): LotState => ({
  ...before,
  setup: setup(before.setup, before),
  committee: committee(before.committee, before),
  scoring: scoring(before.scoring, before),
  parties: parties(before.parties, before),
  keepers: keepers(before.keepers, before),
  bidding: bidding(before.bidding, before),
  security: before.security ?? initialSecurity,
  recording: before.recording ?? initialRecording,
  motions: before.motions ?? initialMotions,
  draw: draw(before.draw, before),
  opening: opening(before.opening, before),
  award: award(before.award, before),
});
