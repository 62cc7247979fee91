import { viewOf } from '../rtp/rtp-packet.js';

/** A packet's piece of a VP8 frame (RFC 7741, 4.2). */
export interface Vp8Piece {
  /** The first byte of a frame is in it. */
  readonly isFirst: boolean;
  readonly data: Uint8Array;
}

/** Null: malformed, or nothing of a frame in it. */
export function readVp8(payload: Uint8Array): Vp8Piece | null {
  const first = payload[0];
  if (first === undefined) return null;
  let at = 1;
  if ((first & 0x80) !== 0) {
    const extension = payload[at];
    if (extension === undefined) return null;
    at += 1;
    if ((extension & 0x80) !== 0) {
      const picture = payload[at];
      if (picture === undefined) return null;
      at += (picture & 0x80) !== 0 ? 2 : 1;
    }
    if ((extension & 0x40) !== 0) at += 1;
    if ((extension & 0x30) !== 0) at += 1;
  }
  if (at >= payload.length) return null;
  return { isFirst: (first & 0x10) !== 0 && (first & 0x07) === 0, data: payload.subarray(at) };
}

const KEY_FRAME_BYTES = 10;

/** What the header of a frame says (RFC 6386, 9.1): a size for a key frame, `delta` for another; null where it is no VP8. */
export function readVp8Frame(frame: Uint8Array): { readonly width: number; readonly height: number } | 'delta' | null {
  const first = frame[0];
  if (first === undefined || frame.length < 4) return null;
  if ((first & 1) === 1) return 'delta';
  if (frame.length < KEY_FRAME_BYTES || frame[3] !== 0x9d || frame[4] !== 0x01 || frame[5] !== 0x2a) return null;
  const view = viewOf(frame);
  const width = view.getUint16(6, true) & 0x3fff;
  const height = view.getUint16(8, true) & 0x3fff;
  return width === 0 || height === 0 ? null : { width, height };
}
