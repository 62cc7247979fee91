import { RequestError } from '@app/client';
import type { Ack } from '@app/contracts';
import { io, type Socket } from 'socket.io-client';

/** State of a line to the server of this page. */
export type LineStatus = 'connecting' | 'up' | 'down';

/** What a message takes, and what its ack gives. */
type Sent<F> = F extends (payload: infer P, ack: Ack<infer _T>) => void ? P : never;
type Answered<F> = F extends (payload: infer _P, ack: Ack<infer T>) => void ? T : never;
type Told<F> = F extends (notice: infer P) => void ? P : never;

const ACK_TIMEOUT_MS = 10_000;
const RECONNECT_MS = { reconnectionDelay: 500, reconnectionDelayMax: 5_000 };

/**
 * One line to one namespace: typed messages out, typed notices in. Subscriptions belong to the line and not to a connection, so they
 * live over reconnections and logins. Only this file imports socket.io.
 */
export class Line<In, Out> {
  #socket: Socket | null = null;
  #status: LineStatus = 'connecting';
  readonly #onStatus = new Set<(status: LineStatus) => void>();
  readonly #listeners = new Map<string, Set<(notice: never) => void>>();

  constructor(private readonly namespace: string) {}

  /** State now; {@link onStatus} tells of changes. */
  get status(): LineStatus {
    return this.#status;
  }

  /** Opens the line, or opens it anew as somebody else. `token` null: the public's view. */
  connect(token: string | null): void {
    this.disconnect();
    const socket = io(this.namespace, { transports: ['websocket'], auth: token === null ? {} : { token }, ...RECONNECT_MS });
    this.#socket = socket;
    this.#tell('connecting');
    socket.on('connect', () => {
      this.#tell('up');
    });
    for (const end of ['disconnect', 'connect_error'])
      socket.on(end, () => {
        this.#tell('down');
      });
    for (const name of this.#listeners.keys()) this.#attach(socket, name);
  }

  disconnect(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  /** Calls `listener` on every change of the line; the returned function ends that. */
  onStatus(listener: (status: LineStatus) => void): () => void {
    this.#onStatus.add(listener);
    return () => this.#onStatus.delete(listener);
  }

  /** Subscribes to a notice; the returned function ends it. */
  on<N extends keyof In & string>(name: N, listener: (notice: Told<In[N]>) => void): () => void {
    const known = this.#listeners.get(name);
    const listeners = known ?? new Set<(notice: never) => void>();
    if (known === undefined) {
      this.#listeners.set(name, listeners);
      if (this.#socket !== null) this.#attach(this.#socket, name);
    }
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Sends a message and gives its answer. Throws RequestError: the refusal, or `UNAVAILABLE` when no answer comes. */
  ask<N extends keyof Out & string>(name: N, payload: Sent<Out[N]>): Promise<Answered<Out[N]>> {
    return new Promise((resolve, reject) => {
      const unavailable = (): void => {
        reject(new RequestError('UNAVAILABLE', 'no answer from the venue'));
      };
      if (this.#socket === null) {
        unavailable();
        return;
      }
      const timer = setTimeout(unavailable, ACK_TIMEOUT_MS);
      const ack: Ack<Answered<Out[N]>> = (reply) => {
        clearTimeout(timer);
        if (reply.ok) resolve(reply.data);
        else reject(new RequestError(reply.code, reply.message, { requestId: reply.requestId }));
      };
      this.#socket.emit(name, payload, ack);
    });
  }

  #tell(status: LineStatus): void {
    this.#status = status;
    for (const listener of this.#onStatus) listener(status);
  }

  #attach(socket: Socket, name: string): void {
    // The handler reads the live set, so later subscribers need no second registration.
    socket.on(name, (notice: unknown) => {
      // What a name carries is the maps' to say (libs/contracts); the set holds listeners of exactly that.
      for (const listener of this.#listeners.get(name) ?? []) listener(notice as never);
    });
  }
}
