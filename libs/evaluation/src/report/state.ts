import { type LotState, moveTo, withFault } from '../kernel/state.js';
import { zReopened } from '../committee/index.js';
import { zCellsReopened } from '../scoring/index.js';
import { event } from '../kernel/slice.js';
import * as events from './events.js';
import type { SigningEnd } from './events.js';

export interface ReportState {
  /** Newest version: the entry whose part `d:report` it is, and that part's commitment, which members sign. */
  readonly generated: { readonly seq: number; readonly at: string; readonly version: number; readonly hash: string } | null;
  readonly ends: Readonly<Record<string, { readonly end: SigningEnd; readonly at: string; readonly seq: number }>>;
  /** Received by the tenderer: the committee is dissolved. */
  readonly deliveredAt: string | null;
  readonly reviewed: { readonly outcome: 'ACCEPTED' | 'QUESTIONED'; readonly at: string; readonly seq: number } | null;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly report: ReportState;
  }
}

export const initialReport: ReportState = { generated: null, ends: {}, deliveredAt: null, reviewed: null };

const withReport = (state: LotState, change: Partial<ReportState>): LotState => ({
  ...state,
  report: { ...state.report, ...change },
});

export const reportEvents = {
  'report.generated': event({
    schema: events.zGenerated,
    evolve: (state, { version, at }, { header }) => {
      const hash = header.parts['d:report'];
      if (hash === undefined) return withFault(state, 'a report without its part');
      return withReport(state, { generated: { seq: header.seq, at, version, hash }, ends: {} });
    },
  }),
  'report.signed': event({
    schema: events.zSigned,
    evolve: (state, { member, end, at }, { header }) =>
      withReport(state, { ends: { ...state.report.ends, [member]: { end, at, seq: header.seq } } }),
  }),
  'report.delivered': event({
    schema: events.zDelivered,
    evolve: (state, { at }) => moveTo(withReport(state, { deliveredAt: at }), 'EVALUATED'),
  }),
  'report.reviewed': event({
    schema: events.zReviewed,
    evolve: (state, { outcome, at }, { header }) => {
      const reviewed = withReport(state, { reviewed: { outcome, at, seq: header.seq } });
      return state.status === 'EVALUATED' ? moveTo(reviewed, 'REPORT_REVIEW') : reviewed;
    },
  }),
};

export const reportFollows = {
  // A re-evaluation makes a report of its own.
  'committee.reopened': event({ schema: zReopened, evolve: (state) => ({ ...state, report: initialReport }) }),
  'scoring.cells-reopened': event({ schema: zCellsReopened, evolve: (state) => ({ ...state, report: initialReport }) }),
} as const;
