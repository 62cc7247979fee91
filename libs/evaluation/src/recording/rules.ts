import type { Context } from '@app/contracts';
import type { Of } from '../kernel/fields.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { LOT_STATUSES, type LotStatus } from '../kernel/status.js';
import { venueOf } from '../lot/index.js';
import { zLand } from './commands.js';
import { recordingOf } from './state.js';

/** A venue's clock may be ahead of the main venue's by so much: a site further off has no line (`sub-venue.md`). */
export const CLOCK_AHEAD_MS_MAX = 300_000;

/** People are heard and seen from the publication on; what was recorded lands also where the lot has ended meanwhile, and before it is archived. */
const LANDING_STATES: readonly LotStatus[] = LOT_STATUSES.filter((status) => status !== 'DRAFT' && status !== 'ARCHIVED');

/** Recordings belong to the procurement file (87号令 39): each venue's chain goes on where it ended, so that nothing is left out or put in later. */
function land(state: LotState, { party, payload }: Of<typeof zLand>, { at }: Context): Decision {
  const venue = venueOf(state, party);
  if (venue === null) return refuse('FORBIDDEN', 'this node is of no venue of the lot');
  const before = recordingOf(state, venue);
  const { index, prev, landing, from, to } = payload;
  if (before?.last === landing) return refuse('E_ALREADY_DONE', 'this landing is on the record');
  if (index !== (before?.landings ?? 0) || prev !== (before?.last ?? null))
    return refuse('E_RECORDING_CHAIN', `the next landing of ${venue} is number ${String(before?.landings ?? 0)}`);
  if (from > to) return refuse('E_INPUT', 'from: lies after to');
  if (Date.parse(to) > Date.parse(at) + CLOCK_AHEAD_MS_MAX) return refuse('E_INPUT', 'to: lies in the future');
  return accept([{ type: 'recording.landed', venue, ...payload }]);
}

export const recordingCommands = {
  'recording.land': command({ schema: zLand, roles: ['node'], states: LANDING_STATES, assurance: 'node', decide: land }),
} as const;
