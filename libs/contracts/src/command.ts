import { z } from 'zod';
import type { JsonObject } from './json.js';
import { zBytes, zHash, zInstant, zName, zUuid } from './json.js';

/** Domain separation: every signature of the system is over one of these lines followed by canonical bytes. */
export const SIGNING_PREFIX = {
  command: 'gongping/command/v1\n',
  sessionGrant: 'gongping/session-grant/v1\n',
  answer: 'gongping/answer/v1\n',
  receipt: 'gongping/receipt/v1\n',
  login: 'gongping/login/v2\n',
  keyBinding: 'gongping/key-binding/v1\n',
  venueHello: 'gongping/venue-hello/v1\n',
  venueWelcome: 'gongping/venue-welcome/v1\n',
  mirrorRequest: 'gongping/mirror-request/v1\n',
  fileRequest: 'gongping/file-request/v1\n',
  recordingDelivery: 'gongping/recording-delivery/v1\n',
  venueRegistry: 'gongping/venue-registry/v1\n',
  outbox: 'gongping/outbox/v1\n',
  revocation: 'gongping/revocation/v1\n',
  keeperKey: 'gongping/keeper-key/v1\n',
  sealedBid: 'gongping/sealed-bid/v1\n',
  keeperDrill: 'gongping/keeper-drill/v1\n',
} as const;
export type SigningPurpose = keyof typeof SIGNING_PREFIX;

const zJsonObject = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/**
 * What a person or a node asks for. `secrets` holds, for each secret part, `H(salt ‖ bytes)` with a 32-byte salt that the
 * client drew: nobody guesses a score from a hash, and the signature is checked without the secret.
 */
export const zCommand = z.strictObject({
  v: z.literal(1),
  /** Makes the command idempotent: the same id with the same bytes gets the first answer again. */
  id: zUuid,
  /** The log it is for: `<installation>/lot/<lot>/<round>` or `<installation>/platform`. */
  origin: z.string().min(3).max(200),
  lot: zName.nullable(),
  round: z.int().min(1).max(99).nullable(),
  /** `<slice>.<verb-noun>`, for instance `scoring.submit-sheet`. */
  type: z.string().regex(/^[a-z-]{2,40}\.[a-z-]{2,60}$/),
  /** The step the command is meant for; refused when another one is open. Empty where the type has no steps. */
  step: z.string().max(80),
  public: zJsonObject,
  secrets: z.record(zName, zHash),
  /**
   * `party`: pseudonym inside the lot; the person behind stands in the entry's part `who`. `key`: a public key of this lot alone, by which
   * whoever may not know that person checks who acted; it signs beside the person's own.
   */
  actor: z.strictObject({ party: zName, key: zBytes.exactOptional() }),
  /** The client's clock: evidence only. Legal time is the venue's, in `context.at`. */
  at: zInstant,
  /** Number of entries the client had seen: evidence only. */
  basis: z.int().min(0),
});
export type Command = z.infer<typeof zCommand>;

/** A certificate's word that a session key may sign ordinary acts for one seat, lot and window. */
export const zSessionGrant = z.strictObject({
  v: z.literal(1),
  installation: z.string().min(1).max(100),
  lot: zName.nullable(),
  seat: zName.nullable(),
  publicKey: zBytes,
  notBefore: zInstant,
  notAfter: zInstant,
});
export type SessionGrant = z.infer<typeof zSessionGrant>;

/** Who signed: a certificate itself, a session key with its grant, or a node's registered key. */
export const zSigner = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('certificate'), certificate: zBytes }),
  z.strictObject({ kind: z.literal('session'), certificate: zBytes, grant: zSessionGrant, grantSignature: zBytes }),
  z.strictObject({ kind: z.literal('node'), name: zName, publicKey: zBytes }),
]);
export type SignerRef = z.infer<typeof zSigner>;

/** Salt and canonical text behind a commitment. */
export const zOpening = z.strictObject({ salt: zBytes.length(43), text: z.string() });
export type Opening = z.infer<typeof zOpening>;

/**
 * What travels. `openings` holds the secrets that the venue itself must read (and stores as parts); a sealed box travels
 * as public ciphertext and needs none.
 */
export const zSignedCommand = z.strictObject({
  command: zCommand,
  signer: zSigner,
  signature: zBytes,
  /** By `command.actor.key`, over the same bytes; there when that key is. */
  keySignature: zBytes.exactOptional(),
  openings: z.record(zName, zOpening).default({}),
});
export type SignedCommand = z.infer<typeof zSignedCommand>;

/** Characters of an engine's name, version and hash. */
export const ENGINE_ID_MAX = 120;

/** Outside facts `decide` may use; recorded with the entry so that a verifier can run it again. */
export const zContext = z.strictObject({
  v: z.literal(1),
  /** Receipt at the main venue: the time that limits compare with. */
  at: zInstant,
  /** Name, version and (from 0.2.0 on) hash of the engine that decided: `gongping-engine/0.2.0@<SHA-256>`. */
  engine: z.string().max(ENGINE_ID_MAX),
  actor: z.strictObject({
    party: zName,
    /** `certificate` for legal acts, `session` for ordinary ones, `node` for what no person does. */
    assurance: z.enum(['certificate', 'session', 'node']),
  }),
  certificate: z.enum(['good', 'node']),
  /** Facts of the registry or the venue that this command's rule asks for, by name; absent when none. */
  facts: zJsonObject,
});
export type Context = z.infer<typeof zContext>;

/** What became of a command. A refusal has no effect, says why, and may be corrected and sent under a new id. */
export const zOutcome = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), id: zUuid, origin: z.string(), seq: z.int().min(0), at: zInstant, leaf: zHash }),
  z.strictObject({ ok: z.literal(false), id: z.string(), code: z.string(), message: z.string(), at: zInstant }),
]);
export type Outcome = z.infer<typeof zOutcome>;

/**
 * The venue's signed word on an outcome. One signature covers every outcome of a group commit: it is over the RFC 6962
 * root of their canonical bytes, and `path` proves this one's place.
 */
export const zAnswer = z.strictObject({
  outcome: zOutcome,
  proof: z.strictObject({ index: z.int().min(0), size: z.int().min(1), path: z.array(zHash), root: zHash, signature: zBytes, key: zBytes }),
});
export type Answer = z.infer<typeof zAnswer>;
