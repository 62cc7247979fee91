import { type Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { textOf } from '../kernel/fields.js';
import { bindingAudience, hasOrder } from '../lot/index.js';

/** The name as the node gave it: for whoever may see the part `d:binding:…` that the rule made of it. */
export const drawnNames: Audience = (viewer, state, entry) => {
  const admitted = entry.events.find(({ type }) => type === 'lot.party-admitted')?.['party'];
  return viewer.party === MAIN_NODE || bindingAudience(viewer, state, entry, `d:binding:${textOf(admitted)}`);
};

/**
 * Attributes of candidates, and the person behind a pseudonym: sealed even to the supervisor, his order excepted, until the award is
 * announced (domain.md §2.2). Who sees the key of the mapping gets the list of candidates with the archive.
 */
export const drawnRecords: Audience = (viewer, state) =>
  viewer.party === MAIN_NODE ||
  (viewer.roles.includes('supervisor') && (hasOrder(state, 'UNSEAL_IDENTITIES') || state.award.announced !== null));
