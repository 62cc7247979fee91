import { awardSlice } from '../award/index.js';
import { biddingSlice } from '../bidding/index.js';
import { committeeSlice } from '../committee/index.js';
import { drawSlice } from '../draw/index.js';
import { keepersSlice } from '../keepers/index.js';
import { lotSlice } from '../lot/index.js';
import { openingSlice } from '../opening/index.js';
import { reportSlice } from '../report/index.js';
import { reviewSlice } from '../review/index.js';
import { scoringSlice } from '../scoring/index.js';
import type { Slice } from '../kernel/slice.js';

/** Every slice of the engine, in the order of a lot's life. */
export const SLICES: readonly Slice[] = [
  lotSlice,
  keepersSlice,
  biddingSlice,
  openingSlice,
  drawSlice,
  committeeSlice,
  reviewSlice,
  scoringSlice,
  reportSlice,
  awardSlice,
];
