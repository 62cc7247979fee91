import type { Ack, Answer, LotsClientToServer, LotsServerToClient, SignedCommand } from '@app/contracts';
import { io, type Socket } from 'socket.io-client';
import { ProblemError } from '../request/problem.js';

/** The only importer of socket.io: one typed connection to `/lots`, opened again with another token after login and logout. */
export type LineStatus = 'connecting' | 'up' | 'down';
type Notices = LotsServerToClient;
type NoticeName = keyof Notices;
type LotsSocket = Socket<LotsServerToClient, LotsClientToServer>;

const ACK_TIMEOUT_MS = 10_000;
let socket: LotsSocket | null = null;
let line: LineStatus = 'connecting';
const onLine = new Set<(status: LineStatus) => void>();
const registered: { [N in NoticeName]?: Set<Notices[N]> } = {};

/** Opens (or opens anew) the line. `token` null: the public's view. */
export function connect(token: string | null): void {
  disconnect();
  const created: LotsSocket = io('/lots', {
    transports: ['websocket'],
    auth: token === null ? {} : { token },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  socket = created;
  tell('connecting');
  created.on('connect', () => {
    tell('up');
  });
  created.on('disconnect', () => {
    tell('down');
  });
  created.on('connect_error', () => {
    tell('down');
  });
  for (const name of Object.keys(registered) as NoticeName[]) attach(created, name);
}

export function disconnect(): void {
  socket?.removeAllListeners();
  socket?.disconnect();
  socket = null;
}

/** State of the line now; {@link onLineStatus} tells of changes. */
export const lineStatus = (): LineStatus => line;

/** Calls `listener` on every change of the line; the returned function ends that. */
export function onLineStatus(listener: (status: LineStatus) => void): () => void {
  onLine.add(listener);
  return () => onLine.delete(listener);
}

/** Subscribes to a notice for as long as the page lives, over reconnections and logins; the returned function ends it. */
export function on<N extends NoticeName>(name: N, listener: Notices[N]): () => void {
  const known = registered[name];
  const listeners = known ?? new Set<Notices[N]>();
  if (known === undefined) {
    Object.assign(registered, { [name]: listeners });
    if (socket !== null) attach(socket, name);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const watchLot = (lot: string, round: number, from: number): Promise<{ size: number }> =>
  asked((open, ack) => open.emit('lot:watch', { lot, round, from }, ack));

export const leaveLot = (lot: string, round: number): Promise<null> => asked((open, ack) => open.emit('lot:leave', { lot, round }, ack));

export const submitCommand = (signed: SignedCommand): Promise<Answer> => asked((open, ack) => open.emit('command:submit', signed, ack));

function tell(status: LineStatus): void {
  line = status;
  for (const listener of onLine) listener(status);
}

function attach(open: LotsSocket, name: NoticeName): void {
  // The handler reads the live set, so later subscribers need no second registration. The map's key fixes the payload's type.
  const relay = (payload: never): void => {
    for (const listener of (registered[name] ?? []) as Iterable<(payload: never) => void>) listener(payload);
  };
  open.on(name, relay as never);
}

function asked<T>(send: (open: LotsSocket, ack: Ack<T>) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const unavailable = (): void => {
      reject(new ProblemError({ code: 'UNAVAILABLE', message: 'no answer from the venue', requestId: '' }));
    };
    const open = socket;
    if (open === null) {
      unavailable();
      return;
    }
    const timer = setTimeout(unavailable, ACK_TIMEOUT_MS);
    send(open, (reply) => {
      clearTimeout(timer);
      if (reply.ok) resolve(reply.data);
      else reject(new ProblemError(reply));
    });
  });
}
