/** Keys of the keepers, by purpose (`bids`, `review`, `scores:<part>`, `ballots`, …) and party. */
export interface KeepersState {
  /** Public keys as published; sealing's text form. */
  readonly published: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Entry whose part `x:private-key` holds the released key that fits the published one. */
  readonly released: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly keepers: KeepersState;
  }
}

export const initialKeepers: KeepersState = { published: {}, released: {} };
