import type { Audience } from '../kernel/slice.js';
import { isInsider } from './members.js';

/** Votes for the chair: members and the supervisor. */
export const seesChairBallot: Audience = isInsider;
/** Reasons for wanting more time also go to those who must grant it. */
export const seesReason: Audience = (viewer, state) =>
  isInsider(viewer, state) || viewer.roles.includes('tenderer') || viewer.roles.includes('agency');
