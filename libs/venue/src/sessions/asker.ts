import { DomainError } from '@app/platform';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Socket } from 'socket.io';
import type { KeyFacts, SessionFacts } from './session-facts.js';

/** What a socket carries of its handshake: its session, null for the public. */
export interface Admitted {
  session: SessionFacts | null;
  /** It sent a message since its session was last looked at. */
  isUsed?: boolean;
}

const requests = new WeakMap<object, SessionFacts | null>();
const byKey = new WeakMap<object, KeyFacts>();

/** The session that a request or a message comes from; the guard finds it, `@AskedBy()` hands it to the handler. */
export const Asker = {
  set(request: object, session: SessionFacts | null): void {
    requests.set(request, session);
  },
  setKey(request: object, key: KeyFacts): void {
    byKey.set(request, key);
  },
  /** Null where no API key asks; sockets have none. */
  keyOf(context: ExecutionContext): KeyFacts | null {
    return context.getType() === 'http' ? (byKey.get(context.switchToHttp().getRequest<object>()) ?? null) : null;
  },
  /** A message of a socket is a use of its session, which is noted when sessions are looked at. */
  use(context: ExecutionContext): void {
    const { data } = context.switchToWs().getClient<Pick<Socket, 'data'>>() as { readonly data: Partial<Admitted> };
    data.isUsed = true;
  },
  /** Null for the public. */
  of(context: ExecutionContext): SessionFacts | null {
    if (context.getType() === 'http') return requests.get(context.switchToHttp().getRequest<object>()) ?? null;
    const { data } = context.switchToWs().getClient<Pick<Socket, 'data'>>() as { readonly data: Partial<Admitted> };
    return data.session ?? null;
  },
};

/** Parameter of a handler: the {@link SessionFacts} of whoever asks, null for the public. */
export const AskedBy = createParamDecorator((_data: unknown, context: ExecutionContext): SessionFacts | null => Asker.of(context));

/** Parameter of a handler for systems: the API key that asks. Throws FORBIDDEN for a person's session, which has no upstream behind it. */
export const AskedByKey = createParamDecorator((_data: unknown, context: ExecutionContext): KeyFacts => {
  const key = Asker.keyOf(context);
  if (key === null) throw new DomainError('FORBIDDEN', 'Only a system asks for this: send its API key as the bearer token.');
  return key;
});
