import type { SessionFacts } from '@app/venue';
import { loginNeeded } from '@app/venue';
import type { Author } from './record/registry-book.js';

/** Who changes the registry: the person of the session, by the certificate that logged in. Throws UNAUTHENTICATED for the public. */
export function authorOf(session: SessionFacts | null): Author {
  if (session === null) throw loginNeeded();
  return { person: session.person.id, certificate: session.fingerprint };
}
