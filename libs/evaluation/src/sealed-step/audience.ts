import type { Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';

/** A ciphertext is opened by keys that are no secret any more after the step: before it is of use only to the venue and whoever made it. */
export const seesCiphertext: Audience = (viewer, _state, entry) =>
  viewer.party !== null && (viewer.party === entry.party || viewer.party === MAIN_NODE || viewer.roles.includes('supervisor'));
