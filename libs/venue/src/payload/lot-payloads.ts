import { zName } from '@app/contracts';
import { z } from 'zod';

const ROUND_MAX = 99;
const zLotRound = { lot: zName, round: z.int().min(1).max(ROUND_MAX) };

/** Payload of `lot:watch`: entries from `from` on. */
export const zWatch = z.strictObject({ ...zLotRound, from: z.int().min(0) });
/** Payload of `lot:leave`. */
export const zLeave = z.strictObject(zLotRound);

/** `?round=` of a lot's addresses; the first one when it is left out. */
export const zRoundQuery = z.coerce.number().int().min(1).max(ROUND_MAX).default(1);
/** `?from=`: sequence number of the first entry that is wanted. */
export const zFromQuery = z.coerce.number().int().min(0).default(0);
