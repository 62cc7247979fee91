import { event } from '../kernel/slice.js';
import { zKeyPublished, zKeyReleased } from './events.js';

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
