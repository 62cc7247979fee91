import { initialAward } from '../award/state.js';
import { initialBidding } from '../bidding/state.js';
import { initialCommittee } from '../committee/state.js';
import { initialDraw } from '../draw/state.js';
import { initialKeepers } from '../keepers/state.js';
import { initialSetup } from '../lot/state.js';
import { initialOpening } from '../opening/state.js';
import { initialReport } from '../report/state.js';
import { initialReview } from '../review/state.js';
import { initialScoring } from '../scoring/state.js';
import type { LotState } from '../kernel/state.js';

/** The lot before its first entry. */
export const initialLotState = (origin: string, lot: string, round: number): LotState => ({
  origin,
  lot,
  round,
  size: 0,
  at: null,
  status: 'DRAFT',
  previous: null,
  parties: {},
  setup: initialSetup,
  keepers: initialKeepers,
  bidding: initialBidding,
  opening: initialOpening,
  draw: initialDraw,
  committee: initialCommittee,
  review: initialReview,
  scoring: initialScoring,
  report: initialReport,
  award: initialAward,
  secretEntries: {},
  disclosed: {},
  faults: [],
});
