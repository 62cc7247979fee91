import { z } from 'zod';
import { awardMethod } from '../method.js';

/** 条例 55, 87号令 68: the first candidate gets it; whoever is passed over must have a cause of the law. */
export const rankOneMethod = awardMethod({
  kind: 'rank-1',
  schema: z.strictObject({ kind: z.literal('rank-1') }),
  committeeSize: () => 0,
});
