/** Keys of the keepers, by purpose (`bids`, `review`, `scores:<part>`, `ballots`, …) and party; base64url. */
export interface KeepersState {
  readonly published: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Private keys released when the condition held; each fits its published key. */
  readonly released: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const initialKeepers: KeepersState = { published: {}, released: {} };
