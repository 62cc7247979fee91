import { type Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { textOf } from '../kernel/fields.js';
import { bindingAudience, hasOrder, isOwner, seesPlace } from '../lot/index.js';

/** The name as the node gave it: for whoever may see the part `d:binding:…` that the rule made of it. */
export const drawnNames: Audience = (viewer, state, entry) => {
  return viewer.party === MAIN_NODE || bindingAudience(viewer, state, entry, `d:binding:${admittedBy(entry)}`);
};

const admittedBy = ({ events }: Parameters<Audience>[2]): string =>
  textOf(events.find(({ type }) => type === 'lot.party-admitted')?.['party']);

/** 抽取方案: whoever writes it, the main venue that draws, and who watches over it (domain.md §2.2). */
export const drawPlan: Audience = (viewer) =>
  viewer.party === MAIN_NODE || isOwner(viewer) || viewer.roles.includes('supervisor') || viewer.roles.includes('witness');

/**
 * Attributes of candidates, and the person behind a pseudonym: sealed even to the supervisor, his order excepted, until the award is
 * announced (domain.md §2.2). Who sees the key of the mapping gets the list of candidates with the archive.
 */
export const drawnRecords: Audience = (viewer, state) =>
  viewer.party === MAIN_NODE ||
  (viewer.roles.includes('supervisor') && (hasOrder(state, 'UNSEAL_IDENTITIES') || state.award.announced !== null));

/** Where a drawn expert will sit: whoever makes the seat ready, and whoever sees the records anyway. */
export const drawnSeats: Audience = (viewer, state, entry, part) =>
  drawnRecords(viewer, state, entry, part) || seesPlace(viewer, state, admittedBy(entry));
