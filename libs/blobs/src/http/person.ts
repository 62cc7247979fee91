import { DomainError } from '@app/platform';
import type { Request } from 'express';

/** A request with the session that the venue's guard found. */
export type PersonRequest = Request & { session?: { readonly person: { readonly id: string } } };

/** Throws UNAUTHENTICATED without a session. */
export function personOf(request: PersonRequest): string {
  if (request.session === undefined) throw new DomainError('UNAUTHENTICATED', 'Log in with your certificate.');
  return request.session.person.id;
}
