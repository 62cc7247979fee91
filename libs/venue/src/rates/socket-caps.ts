import type { Config } from '@app/platform';
import { DomainError } from '@app/platform';
import type { SessionFacts } from '../sessions/session-facts.js';
import type { Coming } from './client-address.js';
import type { Rates } from './rates.js';

type Caps = Pick<Config, 'SOCKETS_ANONYMOUS_MAX' | 'SOCKETS_ANONYMOUS_PER_ADDRESS_MAX' | 'SOCKETS_PER_PERSON_MAX'>;
interface Connecting {
  readonly request: Coming;
  readonly conn: { once(event: 'close', listener: () => void): unknown };
}

/** Whoever has no session is counted together as well: the public must not take the place of those who work. */
const ANONYMOUS = 'anonymous';

/** How many connections this process holds open at a time, by person and by address. */
export class SocketCaps {
  readonly #open = new Map<string, number>();

  constructor(
    private readonly caps: Caps,
    private readonly rates: Pick<Rates, 'addressOf'>,
  ) {}

  /** Counts a connection until it closes. Throws RATE_LIMITED that names the limit. */
  admit(socket: Connecting, session: SessionFacts | null): void {
    const places = this.#placesOf(socket, session);
    for (const { key, limit } of places)
      if ((this.#open.get(key) ?? 0) >= this.caps[limit])
        throw new DomainError('RATE_LIMITED', `Too many open connections: ${String(this.caps[limit])} (${limit}). Close one first.`);
    for (const { key } of places) this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    socket.conn.once('close', () => {
      for (const { key } of places) this.#release(key);
    });
  }

  #placesOf(socket: Connecting, session: SessionFacts | null): { key: string; limit: keyof Caps }[] {
    if (session !== null) return [{ key: `person ${session.person.id}`, limit: 'SOCKETS_PER_PERSON_MAX' }];
    return [
      { key: ANONYMOUS, limit: 'SOCKETS_ANONYMOUS_MAX' },
      { key: `address ${this.rates.addressOf(socket.request)}`, limit: 'SOCKETS_ANONYMOUS_PER_ADDRESS_MAX' },
    ];
  }

  #release(key: string): void {
    const left = (this.#open.get(key) ?? 1) - 1;
    if (left > 0) this.#open.set(key, left);
    else this.#open.delete(key);
  }
}
