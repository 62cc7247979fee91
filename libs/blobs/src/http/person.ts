import type { SessionFacts } from '@app/venue';
import { loginNeeded } from '@app/venue';

/** Whoever asks. Throws UNAUTHENTICATED without a session. */
export function personOf(session: SessionFacts | null): string {
  if (session === null) throw loginNeeded();
  return session.person.id;
}
