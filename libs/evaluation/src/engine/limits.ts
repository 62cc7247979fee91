import type { RunningLimit } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { SLICES } from './slices.js';

/** Every limit that runs in the lot, the earliest first. */
export const limits = (state: LotState): RunningLimit[] =>
  SLICES.flatMap((slice) => slice.limits?.(state) ?? []).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/**
 * The next limit that concerns this party (without one: everybody), or null: what a list and a countdown show. Limits that were over
 * when the newest entry was written give way to those that still run.
 */
export function nextLimit(state: LotState, party: string | null = null): Pick<RunningLimit, 'name' | 'at'> | null {
  const mine = limits(state).filter(({ parties }) => parties === null || (party !== null && parties.includes(party)));
  const next = mine.find(({ at }) => state.at === null || at > state.at) ?? mine[0];
  return next === undefined ? null : { name: next.name, at: next.at };
}
