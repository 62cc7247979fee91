import type { Answer, SignedCommand } from '@app/contracts';
import { RequestError } from './http.js';
import type { VenueClient } from './venue-client.js';

const ROUTE_ROUNDS_MAX = 8;
const FIRST_PAUSE_MS = 250;
const PAUSE_MS_MAX = 5_000;

/**
 * Sends one command by whichever venue gets it decided: the site of the seat first, the main venue when the site is away or its
 * line is cut. The same id everywhere, so it is decided once however many ways it went. Throws the refusal at a door, or, when no
 * way led to an answer, the site's `QUEUED` (it keeps the command: 已暂存，待主场确认) before any `UNAVAILABLE`.
 */
export async function submitByRoutes(routes: readonly VenueClient[], signed: SignedCommand, roundsMax = ROUTE_ROUNDS_MAX): Promise<Answer> {
  let kept: RequestError | null = null;
  let last: RequestError | null = null;
  for (let round = 1; round <= roundsMax; round += 1) {
    for (const route of routes) {
      try {
        return await route.submit(signed, 1);
      } catch (error) {
        if (!(error instanceof RequestError) || !(error.isPassing || error.code === 'QUEUED')) throw error;
        last = error;
        if (error.code === 'QUEUED') kept = error;
      }
    }
    if (round < roundsMax) await new Promise((resolve) => setTimeout(resolve, Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** (round - 1))));
  }
  throw kept ?? last ?? new RequestError('UNAVAILABLE', 'no venue to send to');
}
