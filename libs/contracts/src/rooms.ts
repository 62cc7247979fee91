import { z } from 'zod';
import { zName } from './json.js';
import { zTrack, zTrackSource } from './recording.js';

/*
 * What a browser and the media worker of a room tell each other of their line, by way of the venue (WebRTC: RFC 8825, RFC 8834). Every field has its form and
 * its bounds here, so that nothing else reaches the worker.
 */
const zToken = z.string().max(200);
const zParameters = z.record(z.string().max(60), z.union([z.string().max(400), z.number(), z.boolean(), z.null()]));
const zPort = z.int().min(0).max(65_535);
const zSsrc = z
  .int()
  .min(1)
  .max(2 ** 32 - 1);

const zFeedback = z.strictObject({ type: zToken, parameter: zToken.optional() });
const zCodec = z.strictObject({
  mimeType: z.string().regex(/^(audio|video)\/[A-Za-z0-9-]{1,30}$/),
  payloadType: z.int().min(0).max(127),
  clockRate: z.int().min(1).max(1_000_000),
  channels: z.int().min(1).max(8).optional(),
  parameters: zParameters.optional(),
  rtcpFeedback: z.array(zFeedback).max(20).optional(),
});
const zEncoding = z.strictObject({
  ssrc: zSsrc.optional(),
  rid: z.string().max(16).optional(),
  codecPayloadType: z.int().min(0).max(127).optional(),
  rtx: z.strictObject({ ssrc: zSsrc }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z.string().max(20).optional(),
  scaleResolutionDownBy: z.number().min(1).max(100).optional(),
  maxBitrate: z.int().min(0).max(100_000_000).optional(),
  maxFramerate: z.number().min(0).max(1_000).optional(),
  active: z.boolean().optional(),
  priority: zToken.optional(),
  networkPriority: zToken.optional(),
});
/** What a browser sends of one track. */
export const zRtpParameters = z.strictObject({
  mid: z.string().max(32).optional(),
  codecs: z.array(zCodec).min(1).max(8),
  headerExtensions: z
    .array(
      z.strictObject({ uri: zToken, id: z.int().min(1).max(255), encrypt: z.boolean().optional(), parameters: zParameters.optional() }),
    )
    .max(32)
    .optional(),
  encodings: z.array(zEncoding).min(1).max(4),
  rtcp: z.strictObject({ cname: zToken.optional(), reducedSize: z.boolean().optional(), mux: z.boolean().optional() }).optional(),
  msid: zToken.optional(),
});
/** What a browser, or a room, can send and receive. */
export const zRtpCapabilities = z.strictObject({
  codecs: z
    .array(
      zCodec.extend({
        kind: z.enum(['audio', 'video']),
        payloadType: z.int().min(0).max(127).optional(),
        preferredPayloadType: z.int().min(0).max(127).optional(),
      }),
    )
    .max(60)
    .optional(),
  headerExtensions: z
    .array(
      z.strictObject({
        kind: z.enum(['audio', 'video']),
        uri: zToken,
        preferredId: z.int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(60)
    .optional(),
});
export const zDtlsParameters = z.strictObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(z.strictObject({ algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']), value: zToken }))
    .min(1)
    .max(8),
});

const zLine = z.string().max(64);
/** One side of a browser's line to the room, as the worker offers it. */
const zLineOffer = z.object({
  id: zLine,
  iceParameters: z.object({ usernameFragment: z.string(), password: z.string(), iceLite: z.boolean().optional() }),
  iceCandidates: z.array(
    z.object({
      foundation: z.string(),
      priority: z.int(),
      ip: z.string(),
      address: z.string(),
      protocol: z.enum(['udp', 'tcp']),
      port: zPort,
      type: z.enum(['host', 'srflx', 'prflx', 'relay']),
      tcpType: z.enum(['active', 'passive', 'so']).optional(),
    }),
  ),
  dtlsParameters: zDtlsParameters,
});

/** How a room stands: what can be heard and seen there, and whether anybody may be heard now (not while each member judges alone). */
const zRoomFacts = z.object({ tracks: z.array(zTrack), mayTalk: z.boolean() });
export type RoomFacts = z.infer<typeof zRoomFacts>;

/** What a seat of a site may send in namespace `/lots` about its room. A connection is in one room at a time. */
export const ROOM_MESSAGES = {
  /** Enters the room of the lot at this site as this party, who is seated here. */
  'room:join': {
    payload: z.strictObject({ lot: zName, round: z.int().min(1).max(99), party: zName }),
    data: zRoomFacts.extend({ rtpCapabilities: z.looseObject({}) }),
  },
  'room:leave': { payload: z.strictObject({}), data: z.null() },
  'line:open': { payload: z.strictObject({}), data: zLineOffer },
  'line:connect': { payload: z.strictObject({ line: zLine, dtlsParameters: zDtlsParameters }), data: z.null() },
  /** The track is recorded from its first packet on. */
  'track:publish': {
    payload: z.strictObject({ line: zLine, source: zTrackSource, rtpParameters: zRtpParameters }),
    data: z.object({ id: z.string() }),
  },
  /** Switched off, or on again, by the person: the record says so. */
  'track:pause': { payload: z.strictObject({ source: zTrackSource, isPaused: z.boolean() }), data: z.null() },
  'track:end': { payload: z.strictObject({ source: zTrackSource }), data: z.null() },
  /** Hears or sees a track of somebody else in the room. `WRONG_STEP` while each member judges alone. */
  'track:hear': {
    payload: z.strictObject({ line: zLine, track: zTrack, rtpCapabilities: zRtpCapabilities }),
    data: z.object({ id: z.string(), producerId: z.string(), kind: z.enum(['audio', 'video']), rtpParameters: z.looseObject({}) }),
  },
  /** The browser is ready for what it asked to hear. */
  'track:play': { payload: z.strictObject({ id: z.string().max(64) }), data: z.null() },
} as const;
type RoomMessage = keyof typeof ROOM_MESSAGES;
export type RoomPayload<M extends RoomMessage> = z.output<(typeof ROOM_MESSAGES)[M]['payload']>;
export type RoomData<M extends RoomMessage> = z.output<(typeof ROOM_MESSAGES)[M]['data']>;

/** What a site tells of a room, in the same namespace. */
export const ROOM_NOTICES = {
  'room:changed': zRoomFacts,
  /** The room has broken down and is made anew by whoever joins first: join again. Tracks that are at hand go on; nobody is asked for leave again. */
  'room:lost': z.object({}),
} as const;
