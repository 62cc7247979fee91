import type { DemoIdentity } from '../../../core/identity/demo-identity.js';

/** Order of the groups: those who run a lot, those who bid, those who judge, those who watch. */
const ORDER = ['tenderer', 'agency', 'bidder', 'expert', 'tenderer-representative', 'award-member', 'witness', 'supervisor', 'node'];

export interface Group {
  /** Role code, or empty for people without a role yet. */
  readonly role: string;
  readonly people: readonly DemoIdentity[];
}

/** People by their first role, those that fit the search only. `wordsOf` gives what else can be searched for, in the reader's language. */
export function grouped(people: readonly DemoIdentity[], search: string, wordsOf: (role: string) => string): readonly Group[] {
  const terms = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (person: DemoIdentity): boolean => {
    const said = person.part === null ? [] : [person.part.zh, person.part.en];
    const text = [person.name, person.organisation ?? '', ...said, ...person.roles.map(wordsOf)].join(' ').toLowerCase();
    return terms.every((term) => text.includes(term));
  };
  const groups = new Map<string, DemoIdentity[]>();
  for (const person of people.filter(fits)) {
    const role = person.roles[0] ?? '';
    groups.set(role, [...(groups.get(role) ?? []), person]);
  }
  const rank = (role: string): number => (ORDER.includes(role) ? ORDER.indexOf(role) : ORDER.length);
  return [...groups].map(([role, members]) => ({ role, people: members })).sort((a, b) => rank(a.role) - rank(b.role));
}
