import type { Problems } from '../problems/problems.js';
import { sessionOfHandshake, type SessionSource } from '../sessions/sessions.js';

/** What a socket carries of its handshake: its session, null for the public. */
export interface Admitted<S> {
  session: S | null;
}

interface Handshaking<S> {
  readonly handshake: { readonly auth: Readonly<Record<string, unknown>> };
  data: Partial<Admitted<S>>;
}

/**
 * Middleware of a namespace: a socket carries its session as `data.session` before any message of it. It is refused by an error
 * whose message is a documented code (UNAUTHENTICATED for a wrong token) and whose `data` is the problem; both reach the client.
 */
export function admitted<S>(
  problems: Pick<Problems, 'tell'>,
  sessions: SessionSource<S>,
): (socket: Handshaking<S>, next: (refusal?: Error) => void) => void {
  return (socket, next) => {
    sessionOfHandshake(sessions, socket.handshake.auth).then(
      (session) => {
        socket.data.session = session;
        next();
      },
      (error: unknown) => {
        const problem = problems.tell(error, 'a socket could not be admitted');
        next(Object.assign(new Error(problem.code), { data: problem }));
      },
    );
  };
}
