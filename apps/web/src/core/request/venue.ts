import { HttpClient } from '@app/client';
import { inject, type InjectionKey } from 'vue';
import { Line } from '../realtime/line.js';
import type { Namespace, Namespaces } from '../realtime/namespaces.js';

const TIMEOUT_MS = 15_000;
type LineTo<N extends Namespace> = Line<Namespaces[N]['in'], Namespaces[N]['out']>;

/**
 * The server that sent this page, main venue or site: one HTTP client and one line per namespace, all of them for whoever is logged in
 * now. One object of the application; nothing of it is kept in a module.
 */
export class Venue {
  readonly http = new HttpClient('', () => this.#token, TIMEOUT_MS);
  readonly #lines = new Map<Namespace, Line<unknown, unknown>>();
  #token: string | null = null;
  #isOpen = false;

  /** The line to a namespace: the same one for everybody who asks. Opened by the first {@link actAs}; at once after it. */
  line<N extends Namespace>(namespace: N): LineTo<N> {
    const known = this.#lines.get(namespace);
    if (known !== undefined) return known;
    const line = new Line<Namespaces[N]['in'], Namespaces[N]['out']>(namespace);
    this.#lines.set(namespace, line);
    if (this.#isOpen) line.connect(this.#token);
    return line;
  }

  /** Whoever acts from now on, by the session's token; null: the public. Every line is opened anew. */
  actAs(token: string | null): void {
    this.#token = token;
    this.#isOpen = true;
    for (const line of this.#lines.values()) line.connect(token);
  }
}

export const VENUE: InjectionKey<Venue> = Symbol('venue');

/** The venue of this application; inside a component's or a store's set-up. */
export function useVenue(): Venue {
  const venue = inject(VENUE, null);
  if (venue === null) throw new Error('the application provides no venue');
  return venue;
}
