import type { Role } from '@app/contracts';
import type { LotState, PartyFacts } from '../kernel/state.js';

/** The state as engine 0.1.0 kept it: a party that had left had lost its kind, which its pseudonym still tells. */
export type StateBefore = Omit<LotState, 'parties'> & {
  readonly parties: Readonly<Record<string, Omit<PartyFacts, 'admittedAs'> & Partial<Pick<PartyFacts, 'admittedAs'>>>>;
};

const kindOf = (party: string): Role[] => (party.startsWith('expert-') ? ['expert'] : ['tenderer-representative']);

type PartiesBefore = StateBefore['parties'];
/** Parties that were migrated before, by the object: most entries leave it as it is, and a log is read after each of them. */
const migrated = new WeakMap<PartiesBefore, LotState['parties']>();

function migrateParties(before: PartiesBefore): LotState['parties'] {
  const known = migrated.get(before);
  if (known !== undefined) return known;
  const parties = Object.entries(before).map(([party, facts]): [string, PartyFacts] => {
    // Only members of the evaluation committee leave a lot (条例 48).
    const admittedAs = facts.admittedAs ?? (facts.roles.length > 0 ? facts.roles : kindOf(party));
    return [party, { ...facts, admittedAs }];
  });
  const after = Object.fromEntries(parties);
  migrated.set(before, after);
  return after;
}

/** The state of the engine before this one in this one's shape; a state that has it already stays what it is. */
export const migrateState = (before: StateBefore): LotState => ({ ...before, parties: migrateParties(before.parties) });
