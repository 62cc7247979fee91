import type { Role } from '@app/contracts';
import { type AwardState, FIRST_VOTE, initialAward, type PassOverCause } from '../award/index.js';
import type { RuleSet } from '../law/index.js';
import { profileFor, type SetupState } from '../lot/index.js';
import type { Candidate } from '../draw/index.js';
import { type DrawState, initialDraw, PoolList } from '../draw/index.js';
import type { LotState, PartyFacts } from '../kernel/state.js';

/** The draw as engine 0.1.0 kept it: every candidate in the state, in drawn order. */
interface DrawBefore extends Pick<DrawState, 'request' | 'seed' | 'contacts' | 'filled'> {
  readonly pool: { readonly index: string; readonly candidates: readonly Omit<Candidate, 'person'>[]; readonly recused: number } | null;
  readonly order: readonly string[];
}

type PartiesBefore = Readonly<Record<string, Omit<PartyFacts, 'admittedAs'> & Partial<Pick<PartyFacts, 'admittedAs'>>>>;

type RoundBefore = Pick<AwardState['vote'], 'round' | 'boxes' | 'verdicts' | 'countedSeq' | 'outcome'>;
/** The award as engine 0.2.0 kept it: a pass-over rested on nothing, and a round waited for every member. */
interface AwardBefore extends Pick<AwardState, 'publicity' | 'publicityClosedAt' | 'objections' | 'committee' | 'contract' | 'archive'> {
  readonly vote: RoundBefore;
  readonly rounds: readonly RoundBefore[];
  readonly passedOver: Readonly<Record<string, PassOverCause>>;
  readonly decided: Omit<NonNullable<AwardState['decided']>, 'deemed'> | null;
  readonly announced: Omit<NonNullable<AwardState['announced']>, 'securityDue'> | null;
}

/** The state as an older engine kept it. Under 0.1.0 a party that had left had lost its kind, which its pseudonym still tells. */
export type StateBefore = Omit<LotState, 'parties' | 'draw' | 'award'> & {
  readonly parties: PartiesBefore;
  readonly draw: DrawBefore | DrawState;
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

/** The list itself goes on: the log holds it. Its root is what calls prove candidates against from now on. */
const pool = once((before: NonNullable<DrawBefore['pool']>, state: StateBefore): DrawState['pool'] => {
  const { index, recused } = before;
  const listed = before.candidates.map((candidate) => ({ ...candidate, person: null }));
  const { root, count } = PoolList.of(profileFor(state as LotState), listed);
  return { index, recused, root, count, blob: null, seq: null, listed };
});

const draw = once((before: DrawBefore | DrawState, state: StateBefore): DrawState => {
  if (!('order' in before)) return before;
  const { request, seed, contacts, filled } = before;
  // Nonces that were only committed to can be withheld: without a seed the plan stands, and the rest of the draw begins anew.
  if (seed === null) return { ...initialDraw, request };
  return { ...initialDraw, request, seed, contacts, filled, pool: before.pool === null ? null : pool(before.pool, state) };
});

/** What the law of its day did not know stays unknown to a lot that runs under it: the rule set is frozen. */
const withNewNames = once((frozen: RuleSet, _state: StateBefore): RuleSet => ({
  ...frozen,
  limits: { ...NEW_LIMITS, ...frozen.limits },
  thresholds: { ...NEW_THRESHOLDS, ...frozen.thresholds },
}));
const NEW_LIMITS = { resultNotice: null, awardBallot: null };
const NEW_THRESHOLDS = { awardQuorum: null };

const setup = once((before: SetupState, state: StateBefore): SetupState =>
  before.ruleSet === null ? before : { ...before, ruleSet: withNewNames(before.ruleSet, state) },
);

const award = once((before: AwardBefore | AwardState, _state: StateBefore): AwardState => {
  if ('lostMs' in before) return before;
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
  parties: parties(before.parties, before),
  draw: draw(before.draw, before),
  setup: setup(before.setup, before),
  award: award(before.award, before),
});
