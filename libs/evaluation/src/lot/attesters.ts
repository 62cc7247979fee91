import { type LotState, partiesWith } from '../kernel/state.js';
import { fault, type PublicationFault } from './rules-fault.js';
import { attesterAt, venueOf } from './selectors.js';
import type { TenderRules } from './tender-rules.js';

/** Keepers open nothing over a member's key that no node but the main venue's has attested (SEC-2): such a seat would stop the lot. */
export function attesterFault(state: LotState, venue: string | null, who: string): PublicationFault | null {
  if (attesterAt(state, venue) !== null) return null;
  return fault(
    'E_NO_ATTESTER',
    `${who}: no node may attest the keys of members at ${venue ?? 'no venue'}; seat them at a sub-venue whose node has a part in the lot, or name the site of the supervision authority and its node`,
  );
}

/** Who is known to sit where when the lot is published; places of the draw are asked about when it is requested. */
export function attestersFault(state: LotState, { committee }: TenderRules): PublicationFault | null {
  const { venues, venuePreset } = state.setup;
  const main = venues.find(({ role }) => role === 'main')?.venue ?? null;
  const named = partiesWith(state, 'tenderer-representative');
  for (const party of named) {
    const wrong = attesterFault(state, venueOf(state, party), party);
    if (wrong !== null) return wrong;
  }
  // Representatives not admitted yet normally sit at the main venue (domain.md §3.9), and preset A has a member there.
  if (named.length < committee.representatives || venuePreset === 'A') return attesterFault(state, main, 'venues');
  const isAnywhere = venues.some(({ venue, role }) => role !== 'supervision' && attesterAt(state, venue) !== null);
  return isAnywhere ? null : attesterFault(state, main, 'venues');
}
