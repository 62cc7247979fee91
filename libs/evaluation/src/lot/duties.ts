import { duty, type Duty, limit, type RunningLimit } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import type { LotState } from '../kernel/state.js';

export const lotDuties = ({ status, setup: { schedule } }: LotState, party: string): Duty[] =>
  status === 'PUBLISHED' && schedule !== null && party === MAIN_NODE ? [duty('lot.issue-documents', '', schedule.documentsFrom)] : [];

export const lotLimits = ({ status, setup }: LotState): RunningLimit[] =>
  status === 'PUBLISHED' ? limit('documents-from', setup.schedule?.documentsFrom) : [];
