import { event } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import type { ReceivedSecurity } from './commands.js';
import { type WITHHOLDING_GROUNDS, zSecurityRecorded, zSecurityReturned, zSecurityWithheld } from './events.js';

export type WithholdingGround = (typeof WITHHOLDING_GROUNDS)[number];

/** What the agency found on its account, or at the issuer of the guarantee, once it was told who bids. */
export interface RecordedSecurity {
  /** Entry whose part `x:number` is the number of the payment or guarantee. */
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  /** Null: nothing came. */
  readonly received: ReceivedSecurity | null;
}

/** What became of a security in the end. */
export type SettledSecurity =
  | {
      readonly kind: 'RETURNED';
      readonly at: string;
      readonly returnedAt: string;
      readonly amount: string;
      readonly interest: string;
      readonly late: boolean;
    }
  | { readonly kind: 'WITHHELD'; readonly at: string; readonly ground: WithholdingGround };

/** 投标保证金, by bidder. */
export interface SecurityState {
  /** The last word on each; empty where none is asked for. */
  readonly recorded: Readonly<Record<string, RecordedSecurity>>;
  readonly settled: Readonly<Record<string, SettledSecurity>>;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly security: SecurityState;
  }
}

export const initialSecurity: SecurityState = { recorded: {}, settled: {} };

const settle = (state: LotState, bidder: string, settled: SettledSecurity): LotState => ({
  ...state,
  security: { ...state.security, settled: { ...state.security.settled, [bidder]: settled } },
});

export const securityEvents = {
  'security.recorded': event({
    schema: zSecurityRecorded,
    evolve: (state, { at, by, bidder, received }, { header: { seq } }) => ({
      ...state,
      security: { ...state.security, recorded: { ...state.security.recorded, [bidder]: { seq, at, by, received } } },
    }),
  }),
  'security.returned': event({
    schema: zSecurityReturned,
    evolve: (state, { at, bidder, amount, interest, returnedAt, late }) =>
      settle(state, bidder, { kind: 'RETURNED', at, returnedAt, amount, interest, late }),
  }),
  'security.withheld': event({
    schema: zSecurityWithheld,
    evolve: (state, { at, bidder, ground }) => settle(state, bidder, { kind: 'WITHHELD', at, ground }),
  }),
} as const;
