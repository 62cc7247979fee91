import { z } from 'zod';

/** What of an opening sheet (开标一览表) can be read out, in the order in which it is where the document says nothing of it. */
export const READ_OUT_FIELDS = ['price', 'priceWords', 'duration', 'quality', 'projectLead', 'validityDays', 'security'] as const;
export type ReadOutField = (typeof READ_OUT_FIELDS)[number];

/**
 * 开标记录模板, as the tender document sets it: the head of the record, and what of each sheet is read out under which words. It goes
 * into the record, so that the document stays a function of the record alone.
 */
export const zOpeningForm = z.strictObject({
  title: z.string().trim().min(1).max(40),
  /** Stands below the facts of the lot; empty: nothing does. */
  note: z.string().trim().max(400),
  columns: z
    .array(z.strictObject({ field: z.enum(READ_OUT_FIELDS), title: z.string().trim().min(1).max(40) }))
    .min(1)
    .max(READ_OUT_FIELDS.length),
});
export type OpeningForm = z.infer<typeof zOpeningForm>;
