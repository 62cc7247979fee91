import type { LotState } from '../kernel/state.js';

/** How each seat must end (domain.md §4.8). The last: refused to sign and gave no dissent in writing, which the law takes as agreement. */
export const SIGNING_ENDS = ['SIGNED', 'SIGNED_WITH_DISSENT', 'DISSENT_ONLY', 'REFUSED_DEEMED_AGREED'] as const;
export type SigningEnd = (typeof SIGNING_ENDS)[number];

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

export const withReport = (state: LotState, change: Partial<ReportState>): LotState => ({
  ...state,
  report: { ...state.report, ...change },
});
