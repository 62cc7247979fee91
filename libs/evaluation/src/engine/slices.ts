import { awardSlice } from '../award/slice.js';
import { biddingSlice } from '../bidding/slice.js';
import { committeeSlice } from '../committee/slice.js';
import { drawSlice } from '../draw/slice.js';
import { keepersSlice } from '../keepers/slice.js';
import type { AnySlice, Roof, Slice } from '../kernel/slice.js';
import type { SliceStates } from '../kernel/state.js';
import { lotSlice } from '../lot/slice.js';
import { motionsSlice } from '../motions/slice.js';
import { openingSlice } from '../opening/slice.js';
import { recordingSlice } from '../recording/slice.js';
import { reportSlice } from '../report/slice.js';
import { reviewSlice } from '../review/slice.js';
import { scoringSlice } from '../scoring/slice.js';
import { securitySlice } from '../security/slice.js';

const ALL = [
  lotSlice,
  keepersSlice,
  recordingSlice,
  biddingSlice,
  securitySlice,
  openingSlice,
  drawSlice,
  committeeSlice,
  reviewSlice,
  motionsSlice,
  scoringSlice,
  reportSlice,
  awardSlice,
] as const;

type StateOf<S> = S extends Slice<infer K> ? K : never;
/** A state that no slice begins would be `undefined` in a new lot: adding one without its line above does not compile. */
type Begun = StateOf<(typeof ALL)[number]>;

/** Every slice of the engine, in the order of a lot's life. */
export const SLICES: readonly AnySlice[] = ALL;

/** The slices' states before the first entry. */
export const INITIAL: Pick<SliceStates, Begun> = Object.assign({}, ...ALL.map(({ initial }) => initial)) as Pick<SliceStates, Begun>;

/** What is asked of every slice, for the rules of an earlier one. */
export const ROOF: Roof = { purposes: (state) => SLICES.flatMap((slice) => slice.purposes?.(state) ?? []) };
