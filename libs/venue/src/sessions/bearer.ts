import { DomainError } from '@app/platform';

/** Where a venue finds the session of a token; null for an unknown or ended one. */
export interface SessionSource<S> {
  find(token: string): Promise<S | null>;
}

export const loginNeeded = (): DomainError => new DomainError('UNAUTHENTICATED', 'Log in with your certificate.');

/** The token of an `authorization` header, null without one. Throws UNAUTHENTICATED for a header of another form. */
export function bearerOf(header: string | undefined): string | null {
  const match = header === undefined ? null : /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(header);
  if (header !== undefined && match === null) throw new DomainError('UNAUTHENTICATED', 'The authorization header is no bearer token.');
  return match?.[1] ?? null;
}

/** The session of a socket's handshake (`auth: { token }`); null without a token, for the public's view. Throws UNAUTHENTICATED. */
export const sessionOfHandshake = <S>(sessions: SessionSource<S>, auth: Readonly<Record<string, unknown>>): Promise<S | null> =>
  sessionOfToken(sessions, auth['token']);

/**
 * The session of a token; null without one, for the public's view. Throws UNAUTHENTICATED for a wrong one, even where none is needed: else a
 * client would take the public's view for its own.
 */
export async function sessionOfToken<S>(sessions: SessionSource<S>, token: unknown): Promise<S | null> {
  if (token === undefined || token === null) return null;
  const session = typeof token === 'string' ? await sessions.find(token) : null;
  if (session === null) throw loginNeeded();
  return session;
}
