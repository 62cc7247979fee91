import type { SocketCaps } from '../rates/socket-caps.js';
import type { Problems } from '../problems/problems.js';
import type { Admitted } from '../sessions/asker.js';
import { sessionOfHandshake, type SessionSource } from '../sessions/bearer.js';
import type { SessionFacts } from '../sessions/session-facts.js';

type Counted = Parameters<SocketCaps['admit']>[0];

interface Handshaking extends Counted {
  readonly handshake: { readonly auth: Readonly<Record<string, unknown>> };
  data: Partial<Admitted>;
}

/**
 * Middleware of a namespace: a socket carries its session as `data.session` before any message of it. It is refused by an error
 * whose message is a documented code (UNAUTHENTICATED for a wrong token, RATE_LIMITED for one connection too many) and whose `data` is the
 * problem; both reach the client.
 */
export function admitted(
  problems: Pick<Problems, 'tell'>,
  sessions: SessionSource<SessionFacts>,
  caps: Pick<SocketCaps, 'admit'>,
): (socket: Handshaking, next: (refusal?: Error) => void) => void {
  return (socket, next) => {
    sessionOfHandshake(sessions, socket.handshake.auth)
      .then((session) => {
        caps.admit(socket, session);
        socket.data.session = session;
      })
      .then(
        () => {
          next();
        },
        (error: unknown) => {
          const problem = problems.tell(error, 'a socket could not be admitted');
          next(Object.assign(new Error(problem.code), { data: problem }));
        },
      );
  };
}
