import type { Slice } from '../kernel/slice.js';
import { reportDuties, reportLimits } from './duties.js';
import { reportCommands } from './rules.js';
import { initialReport, reportEvents, reportFollows } from './state.js';

/** 评标报告: made from the record, signed by every member, checked by the tenderer. */
export const reportSlice: Slice<'report'> = {
  name: 'report',
  initial: { report: initialReport },
  commands: reportCommands,
  events: reportEvents,
  follows: reportFollows,
  duties: reportDuties,
  limits: reportLimits,
};
