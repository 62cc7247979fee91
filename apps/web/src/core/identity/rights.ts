import type { Need, Right, Session } from '@app/contracts';

/** Whether somebody may open what needs this. The server asks again at every request: this only keeps doors that lead nowhere off the screen. */
export function holds(session: Pick<Session, 'rights'> | null, need: Need): boolean {
  if (need === 'public') return true;
  if (session === null) return false;
  return need === 'session' || (session.rights as readonly Right[]).includes(need);
}
