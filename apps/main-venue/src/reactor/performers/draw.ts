import type { Performer } from '../performer.js';

const DRAW = 'draw';
/** The main venue's nonce of the draw (专家抽取). */
export const commitNonce: Performer = {
  command: 'draw.commit-nonce',
  needsQuorum: false,
  act: ({ origin }, _duty, { profile, secrets }) => {
    const { salt, text } = secrets.nonce(origin, DRAW);
    return { payload: { commitment: profile.commitment(salt, text) } };
  },
};
export const revealNonce: Performer = {
  command: 'draw.reveal-nonce',
  needsQuorum: true,
  act: ({ origin }, _duty, { secrets }) => ({ payload: {}, openings: { nonce: secrets.nonce(origin, DRAW) } }),
};
