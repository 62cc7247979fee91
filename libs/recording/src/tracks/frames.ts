import type { InOrder } from '../rtp/reorder-buffer.js';
import { readVp8, readVp8Frame } from './vp8.js';

export type Codec = 'vp8' | 'opus';
/** Pixels of a picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture, or a piece of sound, whole. `timestamp`: 32 bit, ticks of the codec's clock. */
export interface Frame {
  readonly data: Uint8Array;
  readonly timestamp: number;
  readonly receivedMs: number;
  /** Can be decoded without another: every piece of sound. */
  readonly isKey: boolean;
  /** Of a key frame of a picture. */
  readonly size: Size | null;
}

/** A frame, or that something is missing before the next one: so many packets were lost, or were no such codec. */
export type FrameOrLoss =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'loss'; readonly reason: 'LOSS' | 'MALFORMED'; readonly packets: number };

/** Makes frames of packets in order. What is not whole is left out and said. */
export interface Assembler {
  take(next: InOrder): FrameOrLoss[];
}

export const assemblerOf = (codec: Codec): Assembler => (codec === 'vp8' ? new Vp8Assembler() : new OpusAssembler());

/** RFC 7587: one packet is one frame. */
class OpusAssembler implements Assembler {
  take(next: InOrder): FrameOrLoss[] {
    if (next.kind === 'hole') return [{ kind: 'loss', reason: 'LOSS', packets: next.packets }];
    const { packet, receivedMs } = next;
    if (packet.payload.length === 0) return [];
    return [{ kind: 'frame', frame: { data: packet.payload, timestamp: packet.timestamp, receivedMs, isKey: true, size: null } }];
  }
}

/** Pieces of one frame share a timestamp, the last one bears the marker (RFC 7741, 4.1). */
class Vp8Assembler implements Assembler {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #timestamp = 0;
  #receivedMs = 0;

  take(next: InOrder): FrameOrLoss[] {
    if (next.kind === 'hole') {
      this.#drop();
      return [{ kind: 'loss', reason: 'LOSS', packets: next.packets }];
    }
    const { packet, receivedMs } = next;
    // Padding alone, as a sender sends it to measure the line.
    if (packet.payload.length === 0) return [];
    const piece = readVp8(packet.payload);
    const isOpen = this.#pieces.length > 0;
    if (piece === null || (!piece.isFirst && !(isOpen && packet.timestamp === this.#timestamp))) {
      this.#drop();
      // A piece without its beginning is what is left of a frame whose loss was said already.
      return piece === null || isOpen ? [{ kind: 'loss', reason: 'MALFORMED', packets: 1 }] : [];
    }
    const before: FrameOrLoss[] = piece.isFirst && isOpen ? [{ kind: 'loss', reason: 'MALFORMED', packets: this.#pieces.length }] : [];
    if (piece.isFirst) {
      this.#drop();
      this.#timestamp = packet.timestamp;
      this.#receivedMs = receivedMs;
    }
    this.#add(piece.data);
    if (this.#bytes > FRAME_BYTES_MAX) {
      this.#drop();
      return [...before, { kind: 'loss', reason: 'MALFORMED', packets: 1 }];
    }
    return packet.marker ? [...before, this.#whole()] : before;
  }

  #add(data: Uint8Array): void {
    this.#pieces.push(data);
    this.#bytes += data.length;
  }

  #drop(): void {
    this.#pieces = [];
    this.#bytes = 0;
  }

  #whole(): FrameOrLoss {
    const data = Buffer.concat(this.#pieces);
    const packets = this.#pieces.length;
    this.#drop();
    const header = readVp8Frame(data);
    if (header === null) return { kind: 'loss', reason: 'MALFORMED', packets };
    const isKey = header !== 'delta';
    return { kind: 'frame', frame: { data, timestamp: this.#timestamp, receivedMs: this.#receivedMs, isKey, size: isKey ? header : null } };
  }
}

/** Of one frame. A key frame of a seat's camera stays below 200 kB. */
const FRAME_BYTES_MAX = 4_000_000;
