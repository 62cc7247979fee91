/** One RTP packet (RFC 3550, 5.1). Sequence 16 bit, timestamp 32 bit in ticks of the codec's clock, both as they came. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** Without header, extension and padding; empty where the packet was padding alone. */
  readonly payload: Uint8Array;
}

const FIXED_BYTES = 12;

/** A packet out of a datagram; null where it is none. Bytes are whatever somebody sent: nothing is believed before its length is seen. */
export function readRtp(datagram: Uint8Array): RtpPacket | null {
  if (datagram.length < FIXED_BYTES) return null;
  const view = viewOf(datagram);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return null;
  let from = FIXED_BYTES + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (datagram.length < from + 4) return null;
    from += 4 + 4 * view.getUint16(from + 2);
  }
  const padding = (first & 0x20) === 0 ? 0 : view.getUint8(datagram.length - 1);
  const to = datagram.length - padding;
  if (from > to || ((first & 0x20) !== 0 && padding === 0)) return null;
  const second = view.getUint8(1);
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: datagram.subarray(from, to),
  };
}

/** Whether a datagram on a port that carries both is RTCP (RFC 5761, 4). */
export const isRtcp = (datagram: Uint8Array): boolean => {
  const type = datagram[1];
  return type !== undefined && type >= 192 && type <= 223;
};

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
