import { event } from '../kernel/slice.js';
import { withFault } from '../kernel/state.js';
import { zDrillAnswered, zDrillBegun, zKeyPublished, zKeyReleased } from './events.js';

/** 开标受托人演练: who has shown, before one deadline, that the published key for bids is still at hand. */
export interface Drill {
  readonly challenge: string;
  readonly begunAt: string;
  /** The deadline that it is before; one that was moved since asks for another. */
  readonly deadline: string;
  readonly until: string;
  /** When, by trustee. */
  readonly answered: Readonly<Record<string, string>>;
}

/** Keys of the keepers, by purpose (`bids`, `review`, `scores:<part>`, `ballots`, …) and party. */
export interface KeepersState {
  /** Public keys as published; sealing's text form. */
  readonly published: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Entry whose part `x:private-key` holds the released key that fits the published one. */
  readonly released: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The last one; null: none yet. */
  readonly drill: Drill | null;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly keepers: KeepersState;
  }
}

export const initialKeepers: KeepersState = { published: {}, released: {}, drill: null };

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
  'sealing.drill-begun': event({
    schema: zDrillBegun,
    evolve: (state, { at, challenge, deadline, until }) => {
      return { ...state, keepers: { ...state.keepers, drill: { challenge, begunAt: at, deadline, until, answered: {} } } };
    },
  }),
  'sealing.drill-answered': event({
    schema: zDrillAnswered,
    evolve: (state, { at, party }) => {
      const { drill } = state.keepers;
      if (drill === null) return withFault(state, 'no drill has begun');
      return { ...state, keepers: { ...state.keepers, drill: { ...drill, answered: { ...drill.answered, [party]: at } } } };
    },
  }),
} as const;
