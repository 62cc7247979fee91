import { setTimeout as sleep } from 'node:timers/promises';

/** Connections to a process that was killed, of which this one does not know yet that they are closed. */
const STALE_MAX = 5;
const AGAIN_MS = 50;

/**
 * Asks a process that may have been started anew: a kept connection to the one before is used up by a failure, and no answer. Every failure is
 * asked again: errors of `fetch` are of another realm than a test's, whose `instanceof TypeError` says no to them.
 */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  for (let stale = 0; ; stale += 1)
    try {
      return await fetch(url, init);
    } catch (error) {
      if (stale === STALE_MAX) throw error;
      await sleep(AGAIN_MS);
    }
}
