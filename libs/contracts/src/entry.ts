import { z } from 'zod';
import { parseCanonical } from './canonical.js';
import type { Opening } from './command.js';
import { zCommand, zContext, zOpening, zSigner } from './command.js';
import type { JsonObject, JsonValue } from './json.js';
import { zBytes, zHash, zInstant } from './json.js';

/**
 * The leaf of a log: canonical bytes of this header, hashed as RFC 6962. It names every part by its commitment
 * `H(salt ‖ text)`, so a part can be shown to one reader, to all, or be erased, and the tree stays whole.
 */
export const zEntryHeader = z.strictObject({
  v: z.literal(1),
  seq: z.int().min(0),
  at: zInstant,
  type: z.string(),
  parts: z.record(z.string(), zHash),
});
export type EntryHeader = z.infer<typeof zEntryHeader>;

/**
 * Names of parts.
 * `skeleton` {@link Skeleton}: what the lot's flow depends on; everybody who works on the lot sees it.
 * `command`  {@link CommandPart}: the signed command and the recorded context.
 * `sig`      {@link zSigPart}: the signature of a key of this lot alone, for whoever sees the entry; there when the command names such a key.
 * `who`      {@link WhoPart}: persons, certificates, signatures; no rule reads it.
 * `x:<name>` a secret of the command that the venue was given, under the client's own commitment.
 * `d:<name>` a value that `decide` produced and that not everybody may see.
 */
export const PART = { skeleton: 'skeleton', command: 'command', sig: 'sig', who: 'who' } as const;
export const secretPart = (name: string): string => `x:${name}`;
export const derivedPart = (name: string): string => `d:${name}`;
export const isSecretPart = (part: string): boolean => part.startsWith('x:') || part.startsWith('d:');

export interface LotEvent extends JsonObject {
  readonly type: string;
}

export const zCommandPart = z.strictObject({ command: zCommand, context: zContext });
export type CommandPart = z.infer<typeof zCommandPart>;

/** Signature of `command.actor.key` over the same bytes as that of part `who`. */
export const zSigPart = z.strictObject({ signature: zBytes });

export const zWhoPart = z.strictObject({
  signer: zSigner,
  signature: zBytes,
  /** Registry names at the time of the act, for people to read. Null for nodes. */
  person: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  organisation: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /** Evidence that the certificate was good at `context.at`: issuing chain and the authority's signed revocation list. Empty for nodes. */
  evidence: z.strictObject({ chain: z.array(zBytes), revocation: zBytes.nullable() }),
});
export type WhoPart = z.infer<typeof zWhoPart>;

/** An entry as one reader gets it: the header always, and the parts he may see. */
export const zSentEntry = z.strictObject({ header: zEntryHeader, parts: z.record(z.string(), zOpening) });
export type SentEntry = z.infer<typeof zSentEntry>;

/** The same with its parts read: what `evolve` takes. */
export interface VisibleEntry {
  readonly header: EntryHeader;
  readonly parts: Readonly<Record<string, JsonValue>>;
}

/** An entry with its visible parts read. A part whose text is not canonical is treated as not visible: verification names it. */
export function visibleEntry(entry: SentEntry): VisibleEntry {
  const parts: Record<string, JsonValue> = {};
  for (const [name, opening] of Object.entries(entry.parts)) {
    try {
      parts[name] = parseCanonical(opening.text);
    } catch {
      continue;
    }
  }
  return { header: entry.header, parts };
}

export type PartOpenings = Readonly<Record<string, Opening>>;
