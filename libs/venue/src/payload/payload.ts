import { DomainError } from '@app/platform';
import type { z } from 'zod';

/** A fault as zod and the Standard Schema name it. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The first fault as a text for whoever sent it: where it is, then what is wrong. */
export function faultOf([issue]: readonly Issue[], otherwise = 'not readable'): string {
  const path = (issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  return `${path.length === 0 ? '(whole)' : path.join('.')}: ${issue?.message ?? otherwise}`;
}

export const malformed = (issues: readonly Issue[]): DomainError => new DomainError('MALFORMED', faultOf(issues));

/** What a stranger sent, as its schema reads it. Throws MALFORMED that names the first fault. */
export function readPayload<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const read = schema.safeParse(payload);
  if (read.success) return read.data;
  throw malformed(read.error.issues);
}
