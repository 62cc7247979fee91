import { viewOf } from './rtp-packet.js';

/** What a sender said of its clock (RFC 3550, 6.4.1): at this wall-clock time, milliseconds since 1970, its timestamp was this. */
export interface SenderReport {
  readonly ssrc: number;
  readonly sentMs: number;
  readonly timestamp: number;
}

const SENDER_REPORT = 200;
const TRANSPORT_FEEDBACK = 205;
const PAYLOAD_FEEDBACK = 206;
const NTP_TO_UNIX_SECONDS = 2_208_988_800;

/** Every sender report of a compound datagram; none where it is malformed, up to where it is. */
export function readSenderReports(datagram: Uint8Array): SenderReport[] {
  const found: SenderReport[] = [];
  const view = viewOf(datagram);
  for (let from = 0; from + 8 <= datagram.length;) {
    const bytes = 4 * (view.getUint16(from + 2) + 1);
    if (view.getUint8(from) >> 6 !== 2 || from + bytes > datagram.length) return found;
    if (view.getUint8(from + 1) === SENDER_REPORT && bytes >= 28) {
      const seconds = view.getUint32(from + 8) - NTP_TO_UNIX_SECONDS;
      const fraction = view.getUint32(from + 12) / 2 ** 32;
      found.push({ ssrc: view.getUint32(from + 4), sentMs: (seconds + fraction) * 1_000, timestamp: view.getUint32(from + 16) });
    }
    from += bytes;
  }
  return found;
}

/** Sequence numbers of one message at most, so that it stays in one datagram. */
const NACKED_MAX = 200;

/** Asks for packets once more (generic NACK, RFC 4585, 6.2.1). `sequences`: 16 bit, ascending as they were sent. */
export function nackOf(ssrc: number, sequences: readonly number[]): Uint8Array {
  const pairs: { readonly first: number; mask: number }[] = [];
  for (const sequence of sequences.slice(0, NACKED_MAX)) {
    const last = pairs.at(-1);
    const distance = last === undefined ? 0 : (sequence - last.first) & 0xffff;
    if (last !== undefined && distance >= 1 && distance <= 16) last.mask |= 1 << (distance - 1);
    else pairs.push({ first: sequence, mask: 0 });
  }
  const { message, view } = feedback(TRANSPORT_FEEDBACK, 1, ssrc, 4 * pairs.length);
  pairs.forEach(({ first, mask }, index) => {
    view.setUint16(12 + 4 * index, first);
    view.setUint16(14 + 4 * index, mask);
  });
  return message;
}

/** Asks for a key frame (picture loss indication, RFC 4585, 6.3.1). */
export const pliOf = (ssrc: number): Uint8Array => feedback(PAYLOAD_FEEDBACK, 1, ssrc, 0).message;

/** The recorder sends no media: as a sender of feedback it is 1. */
function feedback(type: number, format: number, ssrc: number, bytes: number): { message: Uint8Array; view: DataView } {
  const message = new Uint8Array(12 + bytes);
  const view = viewOf(message);
  view.setUint8(0, 0x80 | format);
  view.setUint8(1, type);
  view.setUint16(2, message.length / 4 - 1);
  view.setUint32(4, 1);
  view.setUint32(8, ssrc);
  return { message, view };
}

/** The packet that a retransmission carries (RFC 4588, 4): its first two bytes are the sequence number that was lost. Null: malformed. */
export function originalSequence(payload: Uint8Array): { readonly sequence: number; readonly payload: Uint8Array } | null {
  return payload.length < 2 ? null : { sequence: viewOf(payload).getUint16(0), payload: payload.subarray(2) };
}
