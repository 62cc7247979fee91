import type { SessionFacts } from '@app/venue';
import { loginNeeded } from '@app/venue';
import type { Author } from './record/registry-book.js';

/** Whoever is logged in. Throws UNAUTHENTICATED for the public. */
export function askerOf(session: SessionFacts | null): SessionFacts {
  if (session === null) throw loginNeeded();
  return session;
}

/** Who changes the registry: the person of the session, by the certificate that logged in. Throws UNAUTHENTICATED for the public. */
export function authorOf(session: SessionFacts | null): Author {
  const { person, fingerprint } = askerOf(session);
  return { person: person.id, certificate: fingerprint };
}
