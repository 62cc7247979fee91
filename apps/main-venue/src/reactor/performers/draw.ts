import { dueContacts, nextExpert } from '@app/evaluation';
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

/** The outcome of the call to the expert whose turn it is; null while the call goes on. */
export const recordContact: Performer = {
  command: 'draw.record-contact',
  needsQuorum: false,
  act: async (state, { subject: candidate }, { pool }) => {
    const venue = dueContacts(state).find((due) => due.candidate === candidate)?.slot.venue;
    if (venue === undefined) return null;
    const result = await pool.contact(state, candidate, nextExpert(state), venue);
    if (result === null) return null;
    const { outcome, reason, evidence, seat, binding } = result;
    const payload = { candidate, outcome, reason, evidence, seat };
    return binding === null ? { payload } : { payload, secrets: { binding } };
  },
};
