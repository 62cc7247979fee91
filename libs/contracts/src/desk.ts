import { z } from 'zod';

/** Characters of what a member may keep at a venue of one lot. */
const KEPT_DESK_SIZE_MAX = 700_000;

/**
 * `GET` and `PUT /api/lots/:lot/desk?round=`: what a member wrote at the desk of a lot and has not handed in, as an age v1 file (base64url) to the
 * member's own encryption key. `sealed` null: nothing.
 */
export const zKeptDesk = z.strictObject({
  sealed: z
    .string()
    .max(KEPT_DESK_SIZE_MAX)
    .regex(/^[\w-]+$/)
    .nullable(),
});
export type KeptDeskBox = z.infer<typeof zKeptDesk>;
