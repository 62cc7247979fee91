import { z } from 'zod';

/** Characters of what a member may keep at a venue of one lot. */
const KEPT_DESK_SIZE_MAX = 700_000;
/** Epoch milliseconds. */
const zAt = z.int().min(0);

/**
 * `GET` and `PUT /api/lots/:lot/desk?round=&party=`: what a member wrote as a party of a lot and has not handed in, as an age v1 file (base64url) to
 * the member's own encryption key, and when it was written last. `sealed` null, `at` 0: nothing.
 */
export const zKeptDesk = z.strictObject({
  sealed: z
    .string()
    .max(KEPT_DESK_SIZE_MAX)
    .regex(/^[\w-]+$/)
    .nullable(),
  at: zAt,
});
export type KeptDeskBox = z.infer<typeof zKeptDesk>;

/**
 * What `PUT` takes. `basis`: the `at` of what the sender knows to lie there (0: nothing). Where something else lies there it stays; the answer is
 * what lies there afterwards.
 */
export const zKeepDesk = zKeptDesk.extend({ basis: zAt });
export type KeepDesk = z.infer<typeof zKeepDesk>;
