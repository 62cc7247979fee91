import type { LotState } from '@app/evaluation';
import { dueContacts, own } from '@app/evaluation';
import type { Duty, NodeAct, Tools } from '../duty.js';
import { MAIN_PARTY } from '../duty.js';

/** The main venue's share of the draw (专家抽取): its nonce, the snapshot, the calls in drawn order. */
export const drawDuties: readonly Duty[] = [
  {
    name: 'commit to a nonce of the draw',
    needsQuorum: false,
    due: (state, _now, { profile, secrets }) => {
      const { request, commits } = state.draw;
      if (request?.nonceParties.includes(MAIN_PARTY) !== true || own(commits, MAIN_PARTY) !== undefined) return null;
      const { salt, text } = secrets.nonce(state.origin, 'draw');
      return { type: 'draw.commit-nonce', payload: { commitment: profile.commitment(salt, text) } };
    },
  },
  {
    name: 'fix the pool',
    needsQuorum: false,
    due: (state) => {
      const { request, commits, pool } = state.draw;
      if (request === null || pool !== null) return null;
      return request.nonceParties.every((party) => own(commits, party) !== undefined) ? { type: 'draw.fix-pool', payload: {} } : null;
    },
  },
  {
    name: 'reveal the nonce of the draw',
    needsQuorum: true,
    due: (state, _now, { secrets }) => {
      const { request, pool, reveals } = state.draw;
      if (pool === null || request?.nonceParties.includes(MAIN_PARTY) !== true || own(reveals, MAIN_PARTY) !== undefined) return null;
      return { type: 'draw.reveal-nonce', payload: {}, openings: { nonce: secrets.nonce(state.origin, 'draw') } };
    },
  },
  { name: 'call the next expert', needsQuorum: false, due: (state, _now, tools) => call(state, tools) },
];

async function call(state: LotState, { pool }: Tools): Promise<NodeAct | null> {
  const next = dueContacts(state)[0];
  if (next === undefined) return null;
  const { candidate, slot } = next;
  const party = `expert-${Object.keys(state.parties).filter((name) => name.startsWith('expert-')).length + 1}`;
  const result = await pool.contact(state, candidate, party, slot.venue);
  if (result === null) return null;
  const { outcome, reason, evidence, seat, binding } = result;
  const payload = { candidate, outcome, reason, evidence, seat };
  return binding === null ? { type: 'draw.record-contact', payload } : { type: 'draw.record-contact', payload, secrets: { binding } };
}
