import type { Role } from '@app/contracts';
import type { LotState, PartyFacts } from '../kernel/state.js';

/** The state as engine 0.1.0 kept it: a party that had left had lost its kind, which its pseudonym still tells. */
export type StateBefore = Omit<LotState, 'parties'> & {
  readonly parties: Readonly<Record<string, Omit<PartyFacts, 'admittedAs'> & Partial<Pick<PartyFacts, 'admittedAs'>>>>;
};

const kindOf = (party: string): Role[] => (party.startsWith('expert-') ? ['expert'] : ['tenderer-representative']);

/** The state of the engine before this one in this one's shape; a state that has it already stays what it is. */
export function migrateState(before: StateBefore): LotState {
  const parties = Object.entries(before.parties).map(([party, facts]): [string, PartyFacts] => {
    // Only members of the evaluation committee leave a lot (条例 48).
    const admittedAs = facts.admittedAs ?? (facts.roles.length > 0 ? facts.roles : kindOf(party));
    return [party, { ...facts, admittedAs }];
  });
  return { ...before, parties: Object.fromEntries(parties) };
}
