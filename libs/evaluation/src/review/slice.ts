import type { Slice } from '../kernel/slice.js';
import { reviewDuties, reviewLimits, reviewPurposes } from './duties.js';
import { reviewCommands } from './rules.js';
import { initialReview, reviewEvents, reviewFollows } from './state.js';

/** 初步评审: what the committee rejects, by majority and on the grounds of the law. */
export const reviewSlice: Slice<'review'> = {
  name: 'review',
  initial: { review: initialReview },
  commands: reviewCommands,
  events: reviewEvents,
  follows: reviewFollows,
  duties: reviewDuties,
  limits: reviewLimits,
  purposes: reviewPurposes,
};
