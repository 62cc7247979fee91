import type { Need, Right, Session } from '@app/contracts';

/**
 * Whether somebody may open what needs this. The server asks again at
 * every request: this only keeps doors that lead nowhere off the screen.
 */
export function holds(session: Pick<Session, 'rights'> | null, need: Need): boolean {
  if (need === 'public') return true;
  if (session === null) return false;
  return need === 'session' || (session.rights as readonly Right[]).includes(need);
}

/** What changed for somebody while they are here. */
export interface RightsNews {
  readonly given: readonly Right[];
  readonly taken: readonly Right[];
}

/**
 * What a person is told when their rights are others by now: the news that they have not seen yet, and those of this change. Null: nothing.
 */
export function rightsNews(before: readonly Right[], now: readonly Right[], unseen: RightsNews | null = null): RightsNews | null {
  const had = new Set([...before.filter((right) => unseen?.given.includes(right) !== true), ...(unseen?.taken ?? [])]);
  const given = now.filter((right) => !had.has(right));
  const taken = [...had].filter((right) => !now.includes(right));
  return given.length + taken.length === 0 ? null : { given, taken };
}
