import { type KeyRight, zName } from '@app/contracts';
import { z } from 'zod';

/** Whom a session stands for. */
export const zSessionFacts = z.object({
  person: z.object({ id: zName, name: z.string() }),
  organisation: z.object({ id: zName, name: z.string() }).nullable(),
  /** Fingerprint of the certificate that logged in. */
  fingerprint: z.string(),
});
export type SessionFacts = z.infer<typeof zSessionFacts>;

/** A system of somebody else, as its API key names it. */
export interface KeyFacts {
  readonly id: string;
  readonly organisation: { readonly id: string; readonly name: string };
  readonly rights: readonly KeyRight[];
}
