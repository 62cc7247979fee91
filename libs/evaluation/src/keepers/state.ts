import { event } from '../kernel/slice.js';
import { zKeyPublished, zKeyReleased } from './events.js';

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

export const keepersEvents = {
  'sealing.key-published': event({
    schema: zKeyPublished,
    evolve: (state, { purpose, party, publicKey }) => {
      const { published } = state.keepers;
      const keys = { ...published[purpose], [party]: publicKey };
      return { ...state, keepers: { ...state.keepers, published: { ...published, [purpose]: keys } } };
    },
  }),
  'sealing.key-released': event({
    schema: zKeyReleased,
    evolve: (state, { purpose, party }, { header: { seq } }) => {
      const { released } = state.keepers;
      return { ...state, keepers: { ...state.keepers, released: { ...released, [purpose]: { ...released[purpose], [party]: seq } } } };
    },
  }),
} as const;
