import type { RtpPacket } from '../src/rtp/rtp-packet.js';
import { viewOf } from '../src/rtp/rtp-packet.js';

/** A packet, and when it came. */
export interface Sent {
  readonly packet: RtpPacket;
  readonly atMs: number;
}
interface StreamOptions {
  readonly startMs?: number;
  readonly sequence?: number;
  readonly timestamp?: number;
  readonly frames: number;
  /** A key frame each so many. */
  readonly keyEvery?: number;
  readonly width?: number;
  /** Packets of each frame. */
  readonly pieces?: number;
}

const SSRC = 4_711;
export const FRAME_MS = 40;
const SOUND_MS = 20;

/** A VP8 frame by its header alone (RFC 6386, 9.1): the recorder copies, it does not decode. The number tells frames apart. */
export function vp8Frame(number: number, isKey: boolean, width = 640, bytes = 30): Uint8Array {
  const frame = new Uint8Array(bytes);
  const view = viewOf(frame);
  frame[0] = isKey ? 0x10 : 0x11;
  if (isKey) {
    frame.set([0x9d, 0x01, 0x2a], 3);
    view.setUint16(6, width, true);
    view.setUint16(8, 360, true);
  }
  view.setUint32(12, number);
  return frame;
}
export const numberOf = (frame: Uint8Array): number => viewOf(frame).getUint32(12);

/** Pictures at 25 a second. */
export function pictures({
  startMs = 1_000_000,
  sequence = 0,
  timestamp = 0,
  frames,
  keyEvery = 25,
  width = 640,
  pieces = 3,
}: StreamOptions): Sent[] {
  return Array.from({ length: frames }, (_none, number) => {
    const frame = vp8Frame(number, number % keyEvery === 0, width);
    const size = Math.ceil(frame.length / pieces);
    return Array.from({ length: pieces }, (_piece, index): Sent => {
      const data = frame.subarray(index * size, (index + 1) * size);
      return {
        atMs: startMs + number * FRAME_MS,
        packet: {
          payloadType: 101,
          marker: index === pieces - 1,
          sequence: (sequence + number * pieces + index) & 0xffff,
          timestamp: (timestamp + number * FRAME_MS * 90) >>> 0,
          ssrc: SSRC,
          payload: Uint8Array.from([index === 0 ? 0x10 : 0, ...data]),
        },
      };
    });
  }).flat();
}

/** Sound, 50 pieces a second, each with its number. */
export function sound({ startMs = 1_000_000, sequence = 0, timestamp = 0, frames }: StreamOptions): Sent[] {
  return Array.from({ length: frames }, (_none, number) => {
    const payload = new Uint8Array(20);
    viewOf(payload).setUint32(12, number);
    return {
      atMs: startMs + number * SOUND_MS,
      packet: {
        payloadType: 100,
        marker: false,
        sequence: (sequence + number) & 0xffff,
        timestamp: (timestamp + number * SOUND_MS * 48) >>> 0,
        ssrc: SSRC,
        payload,
      },
    };
  });
}

/** The bytes of a packet, as a socket gives them. */
export function datagramOf({ payloadType, marker, sequence, timestamp, ssrc, payload }: RtpPacket): Uint8Array {
  const bytes = new Uint8Array(12 + payload.length);
  const view = viewOf(bytes);
  view.setUint8(0, 0x80);
  view.setUint8(1, (marker ? 0x80 : 0) | payloadType);
  view.setUint16(2, sequence);
  view.setUint32(4, timestamp);
  view.setUint32(8, ssrc);
  bytes.set(payload, 12);
  return bytes;
}
