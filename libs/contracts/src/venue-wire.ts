import { z } from 'zod';
import { zRole } from './actor.js';
import type { Problem } from './api.js';
import type { Answer, Opening, SignedCommand } from './command.js';
import { zBytes, zHash, zInstant, zName } from './json.js';
import type { Ack } from './sockets.js';
import type { AccessProof } from './watch.js';

/**
 * The line between a site (分会场, supervision authority) and the main venue (主会场): one socket.io namespace on the main
 * venue, opened by the site, so that a site needs no address that the main venue can reach. Entries travel as binary pages
 * (venue-page.ts), everything else as JSON.
 */
export const VENUE_NAMESPACE = '/venue';

export const VENUE_WIRE = {
  /** Clock difference beyond which a hello is refused; also how long its nonce is remembered, in milliseconds. */
  helloSkewMsMax: 300_000,
  /** Largest page, in bytes of its encoding; one entry larger than this still travels alone. */
  pageBytesMax: 1_000_000,
  /** Largest number of entries in one page. */
  pageEntriesMax: 4_096,
  /** Pages of one log on their way to one site, each acked when it is durable there. */
  pagesInFlightMax: 4,
  /** Commands in one delivery, and their bytes as canonical JSON; below socket.io's 1 MB for one message. */
  deliverRecordsMax: 256,
  deliverBytesMax: 600_000,
  /** Commands delivered and not yet answered. */
  deliverInFlightMax: 2_048,
  heartbeatMs: 2_000,
  /** Silence after which the main venue calls the line down. */
  heartbeatLostMs: 7_000,
} as const;

/** What a site signs with its node key, under SIGNING_PREFIX.venueHello, to open the line. */
const zVenueHello = z.strictObject({
  v: z.literal(1),
  venue: zName,
  installation: z.string().min(1).max(100),
  at: zInstant,
  nonce: zBytes.length(43),
});
export type VenueHello = z.infer<typeof zVenueHello>;

/** What the main venue signs with its node key, under SIGNING_PREFIX.venueWelcome: to which site it answers, and the nonce of its hello. */
const zVenueWelcome = z.strictObject({ ...zVenueHello.shape, to: zName });
export const zSignedWelcome = z.strictObject({ welcome: zVenueWelcome, signature: zBytes.max(400) });
export type SignedWelcome = z.infer<typeof zSignedWelcome>;

/**
 * What the main venue signs with its node key, under SIGNING_PREFIX.mirrorRequest, to read entries from `from` on out of the mirror of the
 * site `to`: good there and for these entries only.
 */
const zMirrorRequest = z.strictObject({
  ...zVenueWelcome.shape,
  origin: z.string().min(1).max(200),
  from: z.int().min(0),
});
export type MirrorRequest = z.infer<typeof zMirrorRequest>;
export const zSignedMirrorRequest = z.strictObject({ request: zMirrorRequest, signature: zBytes.max(400) });

/**
 * What a site signs with its node key, under SIGNING_PREFIX.fileRequest, to read the file of this hash out of the store of the main venue
 * `to`; which range of it, the request's `Range` header says.
 */
const zFileRequest = z.strictObject({ ...zVenueWelcome.shape, hash: zHash });
export type FileRequest = z.infer<typeof zFileRequest>;
export const zSignedFileRequest = z.strictObject({ request: zFileRequest, signature: zBytes.max(400) });

/**
 * What a site signs with its node key, under SIGNING_PREFIX.recordingDelivery, to bring a file of its recordings of the lot `origin` to the main venue `to`:
 * `PUT /venue/recordings/landings/:hash`, answered with {@link zSegmentsWanted}, and `PUT /venue/recordings/segments/:hash`.
 */
const zRecordingDelivery = z.strictObject({ ...zVenueWelcome.shape, origin: z.string().min(1).max(200), hash: zHash });
export type RecordingDelivery = z.infer<typeof zRecordingDelivery>;
export const zSignedRecordingDelivery = z.strictObject({ request: zRecordingDelivery, signature: zBytes.max(400) });
/** Contents of the landing's segments that are not at the main venue yet. */
export const zSegmentsWanted = z.object({ segments: z.array(zHash) });
export type SegmentsWanted = z.infer<typeof zSegmentsWanted>;

/** `auth` of the handshake. */
export const zVenueHandshake = z.strictObject({ hello: zVenueHello, signature: zBytes.max(400) });
export type VenueHandshake = z.infer<typeof zVenueHandshake>;

/** The feed of each log starts at the size that the site names; a log it does not name starts at 0. */
export const zVenueSubscribe = z.strictObject({
  lots: z.record(z.string().max(200), z.strictObject({ size: z.int().min(0), viewers: z.array(zName).max(1_000) })),
});
export type VenueSubscribe = z.infer<typeof zVenueSubscribe>;

/** A log that a site is to follow, because it is a keeper there or somebody of the lot is seated in its rooms. */
export interface VenueLot {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
  readonly size: number;
  /** Parties that the site may see for: its node and whoever is seated with it. Kept by the site and told at the next subscription. */
  readonly viewers: string[];
  /** The newest signed note with its cosignatures; null before the first one. */
  readonly checkpoint: string | null;
}

/** Parts that the site's rights have come to cover after it had got them as ciphertext. */
export interface Disclosure {
  readonly origin: string;
  readonly parts: { readonly seq: number; readonly name: string; readonly opening: Opening }[];
}

/** Parts erased by an entry of the log (personal data): the mirror drops them too. */
export interface Erasure {
  readonly origin: string;
  readonly parts: readonly { readonly seq: number; readonly name: string }[];
}

/** One link of a site's outbox: `hash` covers the link before, the command's own hash and the site's time of receipt. */
const zOutboxLink = z.strictObject({
  v: z.literal(1),
  index: z.int().min(0),
  prev: zHash,
  /** Hash of the canonical signed command. */
  command: zHash,
  receivedAt: zInstant,
});
export type OutboxLink = z.infer<typeof zOutboxLink>;

/** `signed` is parsed by the pipeline, command by command: one malformed command must not refuse its neighbours. */
const zOutboxRecord = z.strictObject({
  link: zOutboxLink,
  hash: zHash,
  /**
   * How often commands of this actor came back to be sent again over this connection. Whatever is still on its way from before
   * is returned too, so that nothing overtakes the command that came back first.
   */
  pass: z.int().min(0),
  signed: z.custom<SignedCommand>((value) => typeof value === 'object' && value !== null),
});
export type OutboxRecord = z.infer<typeof zOutboxRecord>;
export const zOutboxDelivery = z.strictObject({ records: z.array(zOutboxRecord).min(1).max(VENUE_WIRE.deliverRecordsMax) });
type OutboxDelivery = z.infer<typeof zOutboxDelivery>;

/** What became of a delivered command: the main venue's signed answer, or that it must be delivered again later. */
export type OutboxReply =
  | { readonly index: number; readonly id: string; readonly answer: Answer }
  | { readonly index: number; readonly id: string; readonly retry: string };

/** Head of the outbox chain, signed with the node key under SIGNING_PREFIX.outbox: who later denies a waiting command contradicts it. */
const zOutboxHead = z.strictObject({
  v: z.literal(1),
  venue: zName,
  installation: z.string().max(100),
  at: zInstant,
  count: z.int().min(0),
  head: zHash,
});

export const zHeartbeat = z.strictObject({
  outbox: zOutboxHead,
  signature: zBytes.max(400),
  waiting: z.int().min(0),
  /** Entries stored durably, by origin. */
  replicated: z.record(z.string().max(200), z.int().min(0)),
  /** Entries whose root fits a signed checkpoint, by origin. */
  checked: z.record(z.string().max(200), z.int().min(0)),
  /** The main venue's clock less the site's, by the last heartbeats; null before the first. */
  clockOffsetMs: z.int().nullable(),
  /** Logs whose replica contradicts what the main venue signed; a human must look. */
  broken: z.array(z.string().max(200)),
  /** Logs in which the site's own judge found something that the rules do not give: their feeds go on, its keeper and witness do not. */
  wrong: z.array(z.string().max(200)).default([]),
});
export type Heartbeat = z.infer<typeof zHeartbeat>;

export const zCheckpointWanted = z.strictObject({ origin: z.string().min(1).max(200) });
type CheckpointWanted = z.infer<typeof zCheckpointWanted>;

/** What a site must know of persons and trust to let its seats work while the line is cut: those seated with it, nobody else. */
export const zVenueRegistry = z.strictObject({
  v: z.literal(1),
  /** Of the registry, and when this was put together: a site takes nothing older than what it has. Absent in what 0.2 kept. */
  version: z.int().min(0).default(0),
  at: zInstant.default('1970-01-01T00:00:00.000Z'),
  /** Public key (raw, base64url) that signs the main venue's answers, and its log's C2SP verifier key. */
  answerKey: zBytes,
  logKey: z.string(),
  venues: z.array(
    z.strictObject({
      id: zName,
      name: z.string(),
      role: z.enum(['main', 'sub', 'supervision']),
      nodeKey: zBytes,
      witnessKey: z.string().nullable(),
    }),
  ),
  organisations: z.array(z.strictObject({ id: zName, name: z.string() })),
  persons: z.array(z.strictObject({ id: zName, name: z.string(), organisation: zName.nullable() })),
  certificates: z.array(z.strictObject({ person: zName, certificate: zBytes })),
  authorities: z.array(z.strictObject({ certificate: zBytes, revocationList: zBytes })),
  /** Who sits here: the party of a lot and the person behind it. */
  seats: z.array(z.strictObject({ origin: z.string().max(200), party: zName, roles: z.array(zRole), person: zName })),
});
export type VenueRegistry = z.infer<typeof zVenueRegistry>;
/** The registry as pushed: canonical text, signed by the main venue's node under SIGNING_PREFIX.venueRegistry. */
export interface SignedVenueRegistry {
  readonly text: string;
  readonly signature: string;
}

export interface VenueClientToServer {
  'venue:subscribe': (payload: VenueSubscribe, ack: Ack<{ lots: VenueLot[] }>) => void;
  /** Acked when taken in; answers come as `outbox:answered`. */
  'outbox:deliver': (payload: OutboxDelivery, ack: Ack<{ taken: number }>) => void;
  heartbeat: (payload: Heartbeat, ack: Ack<{ at: string }>) => void;
  /** A keeper waits for a quorum of this moment. Acked when it is being made; it comes as `checkpoint:published`. */
  'checkpoint:wanted': (payload: CheckpointWanted, ack: Ack<null>) => void;
}

export interface VenueServerToClient {
  /** First message: the main venue answers the site's hello. */
  'venue:welcome': (notice: SignedWelcome) => void;
  /** The hello is refused; the main venue then ends the connection. */
  'venue:refused': (notice: Problem) => void;
  'lots:assigned': (notice: { lots: VenueLot[] }) => void;
  /** A page (venue-page.ts). Acked with the replica's size once the page is durable there; the feed goes on from that size. */
  'entries:replicate': (page: Uint8Array, ack: (reply: { ok: true; data: { size: number } } | ({ ok: false } & Problem)) => void) => void;
  'parts:disclosed': (notice: Disclosure, ack: Ack<null>) => void;
  'parts:erased': (notice: Erasure, ack: Ack<null>) => void;
  'checkpoint:published': (notice: { origin: string; checkpoint: string }) => void;
  /** Somebody looks at what this site recorded: the keys for it, sealed to them, once the site has found that the look stands. */
  'recording:look': (notice: AccessProof, ack: Ack<{ sealed: string }>) => void;
  'outbox:answered': (notice: { replies: OutboxReply[] }) => void;
  'registry:replicated': (notice: SignedVenueRegistry, ack: Ack<null>) => void;
}

/**
 * Command types a site's outbox never takes: their legal time is receipt at the main venue and nothing else
 * (电子招标投标办法 26, 27 for bids; 条例 54, 60 for objections and complaints).
 */
export const isOutboxRefused = (type: string): boolean => type.startsWith('bidding.') || OBJECTIONS.has(type);
const OBJECTIONS: ReadonlySet<string> = new Set(['opening.object', 'award.object']);
