import type { LotState } from '../kernel/state.js';
import { INITIAL } from './slices.js';

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
  ...INITIAL,
  secretEntries: {},
  disclosed: {},
  faults: [],
});
