import { z } from 'zod';
import { awardMethod, AWARD_MEMBERS_MAX } from '../method.js';
import { tally } from './tally.js';

/** 直接票决: the award committee votes among unranked candidates, in rounds, until one has more than half. */
export const directVoteMethod = awardMethod({
  kind: 'direct-vote',
  schema: z.strictObject({ kind: z.literal('direct-vote'), members: z.int().min(5).max(AWARD_MEMBERS_MAX) }),
  tally,
  committeeSize: ({ members }) => members,
});
