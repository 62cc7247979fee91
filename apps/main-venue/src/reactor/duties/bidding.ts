import type { Duty } from '../duty.js';

/** Documents on their day, the lock at the deadline. */
export const biddingDuties: readonly Duty[] = [
  {
    name: 'issue the documents',
    needsQuorum: false,
    due: (state, now) => {
      const from = state.setup.schedule?.documentsFrom;
      return state.status === 'PUBLISHED' && from !== undefined && now >= from ? { type: 'lot.issue-documents', payload: {} } : null;
    },
  },
  {
    name: 'lock at the deadline',
    needsQuorum: false,
    due: async (state, now, { acts }) => {
      const deadline = state.setup.schedule?.deadline;
      if (state.status !== 'SUBMISSION_OPEN' || deadline === undefined || now < deadline) return null;
      return { type: 'bidding.lock', payload: {}, secrets: { acts: await acts.settled(state.origin) } };
    },
  },
];
