import { type JsonValue, zDecimal } from '@app/contracts';
import { z } from 'zod';
import type { Asked } from './slice.js';

/** Free text that people read: a reason, an explanation, an opinion. */
export const zText = z.string().trim().min(1).max(4_000);
/** A payload that says nothing beyond its type. */
export const zNothing = z.strictObject({});
/** Money in CNY: at most two decimals, and more is refused, never rounded (domain.md §14.8). */
export const zMoney = zDecimal.regex(/^[0-9]+([.][0-9]{1,2})?$/, 'money has at most two decimals and no sign');
export const zPrice = zMoney.refine((text) => /[1-9]/.test(text), 'not a price');
/** JSON of somebody else's form, judged by whoever reads it. */
export const zJsonObject = z.record(z.string(), z.json());

/** Schema of an event: its type and its fields, nothing else. */
export const of = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.strictObject({ type: z.literal(type), ...shape });
/** A command with the payload of this schema, as a rule is asked. */
export type Of<S extends z.ZodType> = Asked<z.infer<S>>;

/** A secret that its schema has found to be text; empty for anything else. */
export const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
