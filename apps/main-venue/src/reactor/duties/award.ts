import { isRoundFull, openingsOf, openObjections, ringOf } from '@app/evaluation';
import type { Duty } from '../duty.js';

/** Counting full rounds, ending the publicity: what the award needs of the venue. */
export const awardDuties: readonly Duty[] = [
  {
    name: 'end the publicity of candidates',
    needsQuorum: false,
    due: (state, now) => {
      const until = state.award.publicity?.until;
      if (state.status !== 'CANDIDATE_PUBLICITY' || until === undefined || now < until || openObjections(state).length > 0) return null;
      return { type: 'award.close-publicity', payload: {} };
    },
  },
  {
    name: 'open the ballots of a round',
    needsQuorum: false,
    due: (state) => {
      if (state.status !== 'AWARDING' || !isRoundFull(state)) return null;
      const { round, boxes } = state.award.vote;
      const found = openingsOf(ringOf(state), boxes);
      if (found === null) return null;
      return { type: 'award.open-ballots', payload: { round }, secrets: { masters: found.masters }, openings: found.openings };
    },
  },
];
