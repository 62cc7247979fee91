import { z } from 'zod';
import { zAnswer } from './command.js';
import { zEntryHeader } from './entry.js';
import { zBytes, zHash, zInstant, zName } from './json.js';
import { zTrack } from './recording.js';

/**
 * Looking at what was recorded of a lot (回放): addresses of the main venue, for supervisors (监督人员) of the lot with a session. `round` is a
 * query parameter and 1 when absent. FORBIDDEN for everybody else in the lot, NOT_FOUND for whoever may not know of it.
 *
 * | address | answer |
 * |---|---|
 * | `GET /api/lots/:lot/recordings?round=&from=` | {@link LandingPage}: landings of the lot's log in order, from entry `from` on |
 * | `GET /api/lots/:lot/recordings/landings/:hash` | the landing's file, canonical JSON of `zLanding`; NOT_FOUND while it is not here yet |
 * | `GET /api/lots/:lot/recordings/segments/:hash` | ciphertext of the segment with this `content`, whole or one range; NOT_FOUND likewise |
 * | `POST /api/lots/:lot/access?round=` SignedCommand | {@link Looked}: the act is in the access log; keys where it is a look or an export |
 * | `GET /api/lots/:lot/access?round=&from=` | {@link AccessPage}: the access log (查阅日志) in order, from entry `from` on |
 *
 * An act is a signed command for {@link accessOrigin} with the lot, its round, the supervisor's party and a `public` payload by
 * {@link ACCESS_COMMANDS}; it has no secrets. The same command again is the same entry, and asks again for keys that did not come.
 */
export const accessOrigin = (installation: string, lot: string, round: number): string => `${installation}/access/${lot}/${String(round)}`;

/** What the origin of an access log says; null for any other log. */
export function readAccessOrigin(origin: string): { readonly installation: string; readonly lot: string; readonly round: number } | null {
  const [, installation, lot, round] = /^([^/]+)\/access\/([^/]+)\/([1-9]\d*)$/.exec(origin) ?? [];
  return installation === undefined || lot === undefined || round === undefined ? null : { installation, lot, round: Number(round) };
}

/** Tracks in one look; with two rooms of eight seats there are 48. */
const LOOK_TRACKS_MAX = 100;
/** Keys that one venue hands out for one look: a day of one track, or six hours of four. */
export const LOOK_KEYS_MAX = 8_640;
const WORDS_MAX = 1_000;
const zWords = z.string().trim().min(1).max(WORDS_MAX);

/** A track at the venue that recorded it. */
const zVenueTrack = z.strictObject({ venue: zName, ...zTrack.shape });
export type VenueTrack = z.infer<typeof zVenueTrack>;

const zLook = z.strictObject({
  tracks: z.array(zVenueTrack).min(1).max(LOOK_TRACKS_MAX),
  /** By the clocks of the venues: every segment that has a moment in it is looked at whole. */
  from: zInstant,
  to: zInstant,
  /** What for, in words. */
  purpose: zWords,
  /** Encryption key (tagged, as `generateKeeperKey` makes it) that the keys of the segments are sealed to; made for this look alone. */
  recipient: zBytes.max(100),
});
export type Look = z.infer<typeof zLook>;

/** A copy for somebody who asked for it (法释〔2017〕5号 by analogy names the applicant). */
const zExport = zLook.extend({ applicant: z.strictObject({ name: zWords, reason: zWords }) });
export type Export = z.infer<typeof zExport>;

/** A moment that somebody should see (标记). `track` null: the whole lot. */
const zMark = z.strictObject({ at: zInstant, track: zVenueTrack.nullable(), note: zWords });
export type Mark = z.infer<typeof zMark>;

/** 标记为已核查: an entry of the lot's log, or a stretch of a track. */
const zChecked = z.strictObject({
  of: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('entry'), seq: z.int().min(0) }),
    z.strictObject({ kind: z.literal('span'), track: zVenueTrack, from: zInstant, to: zInstant }),
  ]),
  note: z.string().trim().max(WORDS_MAX),
});
export type Checked = z.infer<typeof zChecked>;

/**
 * Acts of the access log and their payloads. E_INPUT for another form, FORBIDDEN for whoever is no supervisor of the lot, WRONG_STATE for a draft,
 * WRONG_STEP for a screen while each member judges alone.
 */
export const ACCESS_COMMANDS = {
  'access.look': zLook,
  'access.export': zExport,
  'access.mark': zMark,
  'access.check': zChecked,
} as const;
export type AccessCommand = keyof typeof ACCESS_COMMANDS;
export const isAccessCommand = (type: string): type is AccessCommand => Object.hasOwn(ACCESS_COMMANDS, type);

/** A landing as its entry in the lot's log names it, and whether its file has come to the main venue. */
const zLandedFile = z.object({
  seq: z.int(),
  at: zInstant,
  venue: zName,
  index: z.int(),
  landing: zHash,
  from: zInstant,
  to: zInstant,
  segments: z.int(),
  gaps: z.int(),
  bytes: z.int(),
  isHere: z.boolean(),
});
export type LandedFile = z.infer<typeof zLandedFile>;
/** `next`: `from` of the page that follows; null at the end. */
export const zLandingPage = z.object({ landings: z.array(zLandedFile), next: z.int().nullable() });
export type LandingPage = z.infer<typeof zLandingPage>;

/**
 * An entry of the access log, as whoever holds the keys of a recording asks to see it: its parts `command` and `who` with their openings, its place under the
 * signed and cosigned note.
 */
export const zAccessProof = z.object({
  header: zEntryHeader,
  parts: z.record(z.string(), z.object({ salt: z.string(), text: z.string() })),
  path: z.array(zHash),
  checkpoint: z.string(),
});
export type AccessProof = z.infer<typeof zAccessProof>;

/**
 * What one venue answers to a look: `sealed`, an age v1 file (base64url) to the look's `recipient` with {@link LookKeys} as canonical JSON, or why there is none:
 * UNAVAILABLE (cut off: send the same command again later), WRONG_STEP, TOO_LARGE (more than LOOK_KEYS_MAX segments: look at less at a time), FORBIDDEN.
 */
const zVenueKeys = z.union([z.object({ venue: zName, sealed: zBytes }), z.object({ venue: zName, code: z.string(), message: z.string() })]);
export type VenueKeys = z.infer<typeof zVenueKeys>;

/** `answer.outcome.ok` false: nothing was recorded, and there are no keys. `proof` null with a refusal only. */
export const zLooked = z.object({ answer: zAnswer, proof: zAccessProof.nullable(), keys: z.array(zVenueKeys) });
export type Looked = z.infer<typeof zLooked>;

/** Keys of exactly the segments of a look, by track: from segment `index` on, one after the other (AES-256-GCM, 32 bytes, base64url). */
export const zLookKeys = z.strictObject({
  v: z.literal(1),
  origin: z.string(),
  venue: zName,
  tracks: z.array(
    z.strictObject({ track: zTrack, runs: z.array(z.strictObject({ index: z.int().min(0), keys: z.array(zBytes.length(43)) })) }),
  ),
});
export type LookKeys = z.infer<typeof zLookKeys>;

const zAccessEntry = z.object({
  seq: z.int(),
  at: zInstant,
  /** One of {@link ACCESS_COMMANDS}; `payload` is of its form. */
  type: z.string(),
  party: zName,
  person: z.string().nullable(),
  payload: z.looseObject({}),
});
export type AccessEntry = z.infer<typeof zAccessEntry>;
export const zAccessPage = z.object({
  origin: z.string(),
  entries: z.array(zAccessEntry),
  next: z.int().nullable(),
  /** The newest signed note with its cosignatures; null before the first. */
  checkpoint: z.string().nullable(),
});
export type AccessPage = z.infer<typeof zAccessPage>;

/** Where a segment stands: its ciphertext opens at this place and at no other. */
export interface SegmentPlace {
  /** Of the lot. */
  readonly origin: string;
  readonly venue: string;
  /** {@link trackKey} of its track. */
  readonly track: string;
  readonly index: number;
}

/** Additional data (UTF-8) of the AES-256-GCM that a segment is sealed with: `nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes)`. */
export const segmentPlaceText = ({ origin, venue, track, index }: SegmentPlace): string =>
  `gongping/segment/1\n${origin}\n${venue}\n${track}\n${String(index)}`;
