import type { Problems } from '../problems/problems.js';
import { sessionOfHandshake, type SessionSource } from '../sessions/sessions.js';

interface Handshaking {
  readonly handshake: { readonly auth: Readonly<Record<string, unknown>> };
}

/**
 * Middleware of a namespace: `keep` gets each socket with its session (null: the public) before any message of it. A socket is
 * refused by an error whose message is a documented code (UNAUTHENTICATED for a wrong token) and whose `data` is the problem; both
 * reach the client.
 */
export function admitted<K extends Handshaking, S>(
  problems: Pick<Problems, 'tell'>,
  sessions: SessionSource<S>,
  keep: (socket: K, session: S | null) => void,
): (socket: K, next: (refusal?: Error) => void) => void {
  return (socket, next) => {
    sessionOfHandshake(sessions, socket.handshake.auth).then(
      (session) => {
        keep(socket, session);
        next();
      },
      (error: unknown) => {
        const problem = problems.tell(error, 'a socket could not be admitted');
        next(Object.assign(new Error(problem.code), { data: problem }));
      },
    );
  };
}
