import type { Role } from '@app/contracts';
import type { SetupState, TenderRules } from '../lot/index.js';
import { NO_FACTS, profileFor } from '../lot/index.js';
import type { Candidate } from '../draw/index.js';
import { type DrawState, initialDraw, PoolList } from '../draw/index.js';
import type { LotState, PartyFacts } from '../kernel/state.js';
import type { RuleSet } from '../law/index.js';
import { RULE_SETS, TIE_RULES } from '../law/index.js';

/** The draw as engine 0.1.0 kept it: every candidate in the state, in drawn order. */
interface DrawBefore extends Pick<DrawState, 'request' | 'seed' | 'contacts' | 'filled'> {
  readonly pool: { readonly index: string; readonly candidates: readonly Omit<Candidate, 'person'>[]; readonly recused: number } | null;
  readonly order: readonly string[];
}

type PartiesBefore = Readonly<Record<string, Omit<PartyFacts, 'admittedAs'> & Partial<Pick<PartyFacts, 'admittedAs'>>>>;

/** A tender document as engines 0.1.0 and 0.2.0 knew it: the ceiling stood for the budget, and the law alone ordered ties. */
type RulesBefore = Omit<TenderRules, 'facts' | 'ties'> & Partial<Pick<TenderRules, 'facts' | 'ties'>>;
type RuleSetBefore = Omit<RuleSet, 'ties' | 'preferences' | 'calendar'> & {
  readonly ties: readonly string[];
  readonly calendar: Omit<RuleSet['calendar'], 'to'>;
};
type SetupBefore = Omit<SetupState, 'rules' | 'ruleSet'> & { readonly rules: RulesBefore | null; readonly ruleSet: RuleSetBefore | null };

/** The state as engine 0.1.0 kept it: a party that had left had lost its kind, which its pseudonym still tells. */
export type StateBefore = Omit<LotState, 'parties' | 'draw' | 'setup'> & {
  readonly setup: SetupBefore;
  readonly parties: PartiesBefore;
  readonly draw: DrawBefore | DrawState;
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
  return { ...before, ties, preferences: today.preferences, calendar: { ...before.calendar, to } };
});

const setup = once((before: SetupBefore, state: StateBefore): SetupState => ({
  ...before,
  rules: before.rules === null ? null : tenderRules(before.rules, state),
  ruleSet: before.ruleSet === null ? null : ruleSet(before.ruleSet, state),
}));

/** The state of the engine before this one in this one's shape; a state that has it already stays what it is. */
export const migrateState = (before: StateBefore): LotState => ({
  ...before,
  setup: setup(before.setup, before),
  parties: parties(before.parties, before),
  draw: draw(before.draw, before),
});
