import type { RunningLimit } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { SLICES } from './slices.js';

/** Every limit that runs in the lot, the earliest first. */
export const limits = (state: LotState): RunningLimit[] =>
  SLICES.flatMap((slice) => slice.limits?.(state) ?? []).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
