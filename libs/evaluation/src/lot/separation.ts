import type { ErrorCode, Role } from '@app/contracts';
import type { LotState } from '../kernel/state.js';
import type { Binding } from './commands.js';
import { bindingOf } from './selectors.js';

/** Who stands behind a party, as far as this reader may know. */
export interface Standing {
  readonly party: string;
  readonly roles: readonly Role[];
  readonly person: string | null;
  readonly organisation: string | null;
}

/** Two parties that one person or organisation may not be. */
export interface Clash {
  readonly code: ErrorCode;
  readonly message: string;
}

const MEMBERS: readonly Role[] = ['expert', 'tenderer-representative'];

/** 回避与职责分离 (domain.md §14.2): pairs of sides on which no person and no organisation stands at once. The one table of it. */
const EXCLUDED: readonly { readonly side: Role; readonly from: readonly Role[]; readonly law: string }[] = [
  { side: 'supervisor', from: ['tenderer', 'agency', 'bidder', 'witness', 'award-member', ...MEMBERS], law: '条例 46' },
  { side: 'agency', from: MEMBERS, law: '87号令 47' },
  { side: 'witness', from: MEMBERS, law: 'domain.md §14.2' },
  // An expert of the tenderer sits as its representative only.
  { side: 'tenderer', from: ['expert'], law: '87号令 47' },
  { side: 'bidder', from: ['tenderer', 'agency', 'witness', 'award-member', ...MEMBERS], law: '条例 46, 电子招标投标办法 23' },
];

const rowOf = (one: Role, other: Role) =>
  EXCLUDED.find(({ side, from }) => (side === one && from.includes(other)) || (side === other && from.includes(one)));

export const standingOf = ({ party, roles }: { party: string; roles: readonly Role[] }, binding: Binding | null): Standing => ({
  party,
  roles,
  person: binding?.person?.id ?? null,
  organisation: binding?.organisation?.id ?? null,
});

/** Every party that this reader sees a name behind. Whoever left has no role, and stays the person that he was. */
export const standingsOf = (state: LotState): Standing[] =>
  Object.entries(state.parties).flatMap(([party, { roles }]) => {
    const binding = bindingOf(state, party);
    return binding === null ? [] : [standingOf({ party, roles }, binding)];
  });

/** The first pair among these parties that may not be; roles of one party are looked at too. */
export function firstClash(all: readonly Standing[]): Clash | null {
  for (const [index, one] of all.entries()) {
    const clash = clashWith(one, all.slice(0, index));
    if (clash !== null) return clash;
  }
  return null;
}

/** Why `one` may not be in a lot with these others, or null. Others of the same name are itself. */
export function clashWith(one: Standing, others: readonly Standing[]): Clash | null {
  const owners = ownersOf([one, ...others]);
  const own = clash(one, one, owners);
  if (own !== null) return own;
  for (const other of others) {
    const found = other.party === one.party ? null : clash(one, other, owners);
    if (found !== null) return found;
  }
  return null;
}

/** Organisations whose people may not take this role beside these parties, and persons who are a party already. */
export function excludedFrom(role: Role, all: readonly Standing[]): { people: ReadonlySet<string>; organisations: ReadonlySet<string> } {
  const owners = ownersOf(all);
  const excluding = all.filter((standing) => sidesOf(standing, owners).some((side) => rowOf(role, side) !== undefined));
  return {
    people: new Set(all.flatMap(({ person }) => person ?? [])),
    organisations: new Set(excluding.flatMap(({ organisation }) => organisation ?? [])),
  };
}

const ownersOf = (all: readonly Standing[]): ReadonlySet<string> =>
  new Set(all.flatMap(({ roles, organisation }) => (roles.includes('tenderer') && organisation !== null ? [organisation] : [])));

/** A tenderer that runs its own tender (自行招标) is no agency: its people may represent it. */
const sidesOf = ({ roles, organisation }: Standing, owners: ReadonlySet<string>): readonly Role[] =>
  organisation !== null && owners.has(organisation) ? roles.map((role) => (role === 'agency' ? 'tenderer' : role)) : roles;

function clash(one: Standing, other: Standing, owners: ReadonlySet<string>): Clash | null {
  const isOnePerson = one.person !== null && one.person === other.person;
  const isOneOrganisation = one.organisation !== null && one.organisation === other.organisation;
  if (!isOnePerson && !isOneOrganisation && one.party !== other.party) return null;
  for (const side of sidesOf(one, owners)) {
    for (const opposite of sidesOf(other, owners)) {
      const row = rowOf(side, opposite);
      if (row === undefined) continue;
      const code = [side, opposite].some((role) => MEMBERS.includes(role)) ? 'E_RECUSAL_HIT' : 'E_ROLE_EXCLUDED';
      const who = one.party === other.party ? one.party : `${one.party} and ${other.party}`;
      return { code, message: `${who}: ${isOnePerson ? 'one person' : 'one organisation'} cannot be ${side} and ${opposite} (${row.law})` };
    }
  }
  // Two bids by one hand are a sign of collusion (条例 40), for the committee to weigh.
  const areBidders = one.roles.includes('bidder') && other.roles.includes('bidder');
  if (!isOnePerson || one.party === other.party || areBidders) return null;
  return { code: 'E_ROLE_EXCLUDED', message: `${one.party} and ${other.party} are one person: a person acts in a lot under one name` };
}
