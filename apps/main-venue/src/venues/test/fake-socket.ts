import { EventEmitter } from 'node:events';
import type { VenueSocket } from '../venue-connection.js';

/** The main venue's end of a line whose site answers what the test says. */
export class FakeSocket extends EventEmitter {
  readonly id = 'socket-1';
  /** What the site said when it opened the line. */
  readonly handshake: { auth: object } = { auth: {} };
  readonly pushed: string[] = [];
  readonly asked: { event: string; payload: object }[] = [];
  answers: Record<string, object> = {};

  timeout(): this {
    return this;
  }
  override emit(event: string, ...given: unknown[]): boolean {
    this.pushed.push(event);
    const ack = given.at(-1);
    if (typeof ack === 'function') (ack as (error: null, reply: object) => void)(null, this.answers[event] ?? { ok: true, data: null });
    return true;
  }
  emitWithAck(event: string, payload: object): Promise<object> {
    this.pushed.push(event);
    this.asked.push({ event, payload });
    return Promise.resolve(this.answers[event] ?? { ok: true, data: null });
  }
  disconnect(): void {
    const listeners = this.listeners('disconnect');
    this.removeAllListeners();
    for (const listener of listeners) (listener as () => void)();
  }
  /** What the site sends; resolves with the answer. */
  sends(event: string, payload: object): Promise<unknown> {
    return new Promise((resolve) => {
      for (const listener of this.listeners(event)) (listener as (payload: object, ack: typeof resolve) => void)(payload, resolve);
    });
  }
}

export const asSocket = (socket: unknown): VenueSocket => socket as VenueSocket;
