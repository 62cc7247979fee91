import { DomainError } from '@app/platform';
import type { HeldLot, Lots, SessionFacts } from '@app/venue';
import { isWatcher } from './access-stream.js';

/** The lot, for whoever may watch it. Throws NOT_FOUND for whoever may not know of it, FORBIDDEN for everybody else but its supervisors. */
export async function openWatched(lots: Lots, lot: string, round: number, session: SessionFacts | null): Promise<HeldLot> {
  const { held, parties } = await lots.open(lot, round, session);
  if (!parties.some((party) => isWatcher(held.run.state, party)))
    throw new DomainError('FORBIDDEN', 'Only the supervisors of this lot look at what was recorded of it.');
  return held;
}
