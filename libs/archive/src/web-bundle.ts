import { z } from 'zod';
import { zPlatformEntry } from './format.js';
import { NOTE_CHARS_MAX } from './receipt.js';

/** The entry of the platform log that says which web client the main venue serves, and a head that it is under. */
export const zLoggedBundle = z.strictObject({
  v: z.literal(1),
  origin: z.string().min(1).max(200),
  /** Name of the crypto profile. */
  profile: z.string().min(1).max(40),
  entry: zPlatformEntry,
  checkpoint: z.string().max(NOTE_CHARS_MAX),
});
export type LoggedBundle = z.infer<typeof zLoggedBundle>;
