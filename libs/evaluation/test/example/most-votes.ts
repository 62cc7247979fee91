import { awardMethod } from '@app/evaluation';
import { z } from 'zod';

/** An award method that no lot has: whoever has the most votes gets it, and who shares the most votes again goes into another round. */
export const mostVotes = awardMethod({
  kind: 'most-votes',
  schema: z.strictObject({ kind: z.literal('most-votes'), members: z.int().min(5).max(51) }),
  committeeSize: ({ members }) => members,
  tally: (candidates, ballots) => {
    const votes = Object.fromEntries(candidates.map((one) => [one, ballots.filter((choice) => choice === one).length]));
    const most = Math.max(...Object.values(votes));
    const [winner = '', ...tied] = candidates.filter((one) => votes[one] === most);
    return { votes, outcome: tied.length === 0 ? { winner } : { runOff: [winner, ...tied] } };
  },
});
