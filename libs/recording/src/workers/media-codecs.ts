import type { types } from 'mediasoup';

/**
 * What seats may publish: VP8 and Opus, which every browser encodes and which the recorder writes into WebM by copying the
 * stream. More codecs would mean transcoding, and a recording that is no copy is no evidence.
 */
export const MEDIA_CODECS: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 100 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 101 },
];
