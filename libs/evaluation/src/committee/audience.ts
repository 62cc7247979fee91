import type { Audience } from '../kernel/slice.js';
import { isInsider } from './members.js';

/** Votes for the chair: members and the supervisor. */
export const seesChairBallot: Audience = isInsider;
