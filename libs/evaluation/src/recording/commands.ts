import { zHash, zInstant } from '@app/contracts';
import { z } from 'zod';

/**
 * What a venue's node recorded since its landing before. `landing`: hash of the file that describes it (`zLanding`); `index`, `prev`: its place in the
 * venue's own chain. `from`, `to`: the time that its segments and gaps cover, by the clock of the venue.
 */
export const zLand = z.strictObject({
  index: z.int().min(0),
  prev: zHash.nullable(),
  landing: zHash,
  from: zInstant,
  to: zInstant,
  segments: z.int().min(0),
  gaps: z.int().min(0),
  bytes: z.int().min(0),
});
