import { type GapReason, SILENCE_MS } from '@app/contracts';
import { Counter } from '../rtp/counter.js';
import { ReorderBuffer } from '../rtp/reorder-buffer.js';
import type { SenderReport } from '../rtp/rtcp.js';
import type { RtpPacket } from '../rtp/rtp-packet.js';
import { type Assembler, assemblerOf, type Codec, type Frame, type FrameOrLoss, type Size } from './frames.js';

/** Times in milliseconds since 1970. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
/** Footage that is not there. `packets`: how many are known to be missing; 0 where only the time is known. */
export interface Gap extends Span {
  readonly reason: GapReason;
  readonly packets: number;
}
/** A frame within its segment. */
interface TimedFrame {
  readonly data: Uint8Array;
  readonly isKey: boolean;
  /** From the beginning of the segment, by the sender's clock. */
  readonly atMs: number;
  readonly lastsMs: number;
}
/** What becomes one file: it begins with a key frame and needs no other file. */
export interface SegmentDraft {
  readonly codec: Codec;
  readonly size: Size | null;
  readonly frames: readonly TimedFrame[];
  /** By the clock of whoever received it. */
  readonly received: Span;
  /** By the sender's clock, where it has said what that is. */
  readonly sent: Span | null;
}

export interface TrackLimits {
  /** A segment lasts so long at most. */
  readonly segmentMs: number;
  /** A packet waits so long for those before it. */
  readonly waitMs: number;
  readonly segmentBytes: number;
  /** Segments that begin within a minute: whoever forges sizes or times cuts the track no oftener. */
  readonly segmentsPerMinute: number;
}
const TRACK_LIMITS: TrackLimits = { segmentMs: 10_000, waitMs: 500, segmentBytes: 32_000_000, segmentsPerMinute: 60 };
const MINUTE_MS = 60_000;

export interface TrackOptions {
  readonly codec: Codec;
  readonly limits?: Partial<TrackLimits>;
  readonly onSegment: (draft: SegmentDraft) => void;
  readonly onGap: (gap: Gap) => void;
  /** The sender is to be asked for a key frame; not oftener than {@link KEY_FRAME_MS}. */
  readonly onKeyFrameWanted: () => void;
}

/** Ticks of the clock in a millisecond. */
const TICKS_PER_MS: Record<Codec, number> = { vp8: 90, opus: 48 };
/** What the last frame of a segment lasts, where no other says. */
const FRAME_MS: Record<Codec, number> = { vp8: 40, opus: 20 };
/** Key frames are asked for at this distance: senders answer none that come faster. */
const KEY_FRAME_MS = 250;
/** So long before a segment is full a key frame is asked for, with which the next one begins. */
const ASK_AHEAD_MS = 1_500;
/** The sender's clock may run ahead of the time that has passed by so much; more is another clock. */
const JUMP_MS = 2_000;
const HELD_MAX = 2_048;

interface Open {
  readonly frames: { readonly frame: Frame; readonly tick: number }[];
  readonly size: Size | null;
  bytes: number;
}

/**
 * Makes segments of one track out of its packets, and says what is missing. It has no clock, no socket and no disk: it is told when a packet
 * came and how late it is, and answers by its listeners. Nothing that a packet holds makes it throw.
 */
export class TrackRecorder {
  readonly #options: TrackOptions;
  readonly #limits: TrackLimits;
  readonly #buffer: ReorderBuffer;
  readonly #assembler: Assembler;
  readonly #ticks: number;
  #counter = new Counter(32);
  #report: SenderReport | null = null;
  #open: Open | null = null;
  #last: { readonly receivedMs: number; readonly tick: number } | null = null;
  /** What is missing since the last frame that was taken; told with the next one. */
  #missing: { readonly reason: GapReason; readonly fromMs: number; readonly packets: number } | null = null;
  #needsKey: boolean;
  #askedMs = -Infinity;
  /** When the newest segments began, `segmentsPerMinute` at most. */
  #begunMs: readonly number[] = [];
  #isClosed = false;

  constructor(options: TrackOptions) {
    this.#options = options;
    this.#limits = { ...TRACK_LIMITS, ...options.limits };
    this.#buffer = new ReorderBuffer({ waitMs: this.#limits.waitMs, heldMax: HELD_MAX });
    this.#assembler = assemblerOf(options.codec);
    this.#ticks = TICKS_PER_MS[options.codec];
    this.#needsKey = options.codec === 'vp8';
  }

  packet(packet: RtpPacket, receivedMs: number): void {
    if (this.#isClosed) return;
    for (const next of this.#buffer.push(packet, receivedMs)) this.#take(this.#assembler.take(next), receivedMs);
  }

  senderReport(report: SenderReport): void {
    this.#report = report;
  }

  /** To be called a few times a second: packets that waited long enough go on, a segment that is full or silent is closed. */
  tick(nowMs: number): void {
    if (this.#isClosed) return;
    for (const next of this.#buffer.expire(nowMs)) this.#take(this.#assembler.take(next), nowMs);
    const last = this.#last;
    if (this.#open !== null && last !== null && nowMs - last.receivedMs > SILENCE_MS) {
      this.#cut();
      this.#miss('SILENT', last.receivedMs, 0);
    }
    this.#askAhead(nowMs);
  }

  /** The person has switched it off: what is missing from now on is no fault. The next frame ends it. */
  mute(): void {
    if (this.#isClosed || this.#last === null) return;
    this.#cut();
    this.#miss('MUTED', this.#last.receivedMs, 0);
    this.#needsKey = this.#options.codec === 'vp8';
  }

  /** 16-bit sequence numbers to ask the sender for once more. */
  wanted(nowMs: number): number[] {
    return this.#buffer.wanted(nowMs);
  }

  /** Nothing more comes: what there is becomes the last segment, and what is missing is told. */
  close(nowMs: number): void {
    if (this.#isClosed) return;
    for (const next of this.#buffer.flush()) this.#take(this.#assembler.take(next), nowMs);
    this.#cut();
    this.#tellMissing(nowMs);
    this.#isClosed = true;
  }

  #take(found: readonly FrameOrLoss[], nowMs: number): void {
    for (const one of found) {
      if (one.kind === 'frame') this.#frame(one.frame, nowMs);
      else this.#lost(one.reason, one.packets, nowMs);
    }
  }

  /** A picture that rests on one that is lost is no evidence of what was seen: pictures go on with the next key frame. */
  #lost(reason: GapReason, packets: number, nowMs: number): void {
    this.#miss(reason, this.#last?.receivedMs ?? nowMs, packets);
    if (this.#options.codec !== 'vp8') return;
    this.#needsKey = true;
    this.#ask(nowMs);
  }

  #frame(arrived: Frame, nowMs: number): void {
    // It counts as received when those before it were there, too: time never goes back.
    const frame = { ...arrived, receivedMs: Math.max(arrived.receivedMs, this.#last?.receivedMs ?? 0) };
    const tick = this.#counter.advance(frame.timestamp);
    const last = this.#last;
    if (last !== null && this.#isOtherClock(frame, tick, last)) {
      this.#cut();
      this.#miss('CLOCK', last.receivedMs, 0);
      this.#needsKey = this.#options.codec === 'vp8';
    } else if (last !== null && frame.receivedMs - last.receivedMs > SILENCE_MS && this.#missing === null) {
      this.#cut();
      this.#miss('SILENT', last.receivedMs, 0);
    }
    if (this.#needsKey && !frame.isKey) {
      if (this.#missing === null) this.#miss('NO_KEY_FRAME', last?.receivedMs ?? frame.receivedMs, 0);
      this.#ask(nowMs);
      return;
    }
    if (this.#endsBefore(frame, tick)) this.#cut();
    if (this.#open === null && !frame.isKey) {
      this.#needsKey = true;
      this.#miss('NO_KEY_FRAME', last?.receivedMs ?? frame.receivedMs, 0);
      this.#ask(nowMs);
      return;
    }
    if (this.#open === null && !this.#mayBegin(frame.receivedMs)) {
      this.#needsKey = this.#options.codec === 'vp8';
      this.#miss('MALFORMED', last?.receivedMs ?? frame.receivedMs, 0);
      return;
    }
    this.#tellMissing(frame.receivedMs);
    this.#needsKey = false;
    this.#open ??= { frames: [], size: frame.size, bytes: 0 };
    this.#open.frames.push({ frame, tick });
    this.#open.bytes += frame.data.length;
    this.#last = { receivedMs: frame.receivedMs, tick };
    this.#askAhead(nowMs);
  }

  /** Notes that a segment begins, where one may: what comes beyond is left out until a minute has passed, and is one gap. */
  #mayBegin(nowMs: number): boolean {
    const { segmentsPerMinute } = this.#limits;
    const [oldest] = this.#begunMs;
    if (this.#begunMs.length >= segmentsPerMinute && oldest !== undefined && nowMs - oldest < MINUTE_MS) return false;
    this.#begunMs = [...this.#begunMs, nowMs].slice(-segmentsPerMinute);
    return true;
  }

  /** Back in time, or further ahead than time has passed. A burst after a stall is neither. */
  #isOtherClock({ receivedMs }: Frame, tick: number, last: { readonly receivedMs: number; readonly tick: number }): boolean {
    const elapsedMs = (tick - last.tick) / this.#ticks;
    return elapsedMs < 0 || elapsedMs > receivedMs - last.receivedMs + JUMP_MS;
  }

  #endsBefore(frame: Frame, tick: number): boolean {
    const open = this.#open;
    const first = open?.frames[0];
    if (open === null || first === undefined) return false;
    if (frame.size !== null && (frame.size.width !== open.size?.width || frame.size.height !== open.size.height)) return true;
    const { segmentMs, segmentBytes } = this.#limits;
    if (open.bytes + frame.data.length > segmentBytes) return true;
    const lastsMs = this.#lasts(first, { receivedMs: frame.receivedMs, tick });
    // Sound can be cut anywhere; pictures where a key frame is, asked for ahead so that one comes in time.
    const full = this.#options.codec === 'opus' ? segmentMs : segmentMs - ASK_AHEAD_MS;
    return frame.isKey ? lastsMs + FRAME_MS[this.#options.codec] > full : lastsMs + FRAME_MS[this.#options.codec] > segmentMs;
  }

  /** By whichever clock says more. */
  #lasts(first: { readonly frame: Frame; readonly tick: number }, to: { readonly receivedMs: number; readonly tick: number }): number {
    return Math.max((to.tick - first.tick) / this.#ticks, to.receivedMs - first.frame.receivedMs);
  }

  #askAhead(nowMs: number): void {
    const first = this.#open?.frames[0];
    if (this.#options.codec !== 'vp8') return;
    if (this.#needsKey || (first !== undefined && nowMs - first.frame.receivedMs >= this.#limits.segmentMs - ASK_AHEAD_MS))
      this.#ask(nowMs);
  }

  #ask(nowMs: number): void {
    if (nowMs - this.#askedMs < KEY_FRAME_MS) return;
    this.#askedMs = nowMs;
    this.#options.onKeyFrameWanted();
  }

  /** Until the next frame: the first reason stands, packets add up. */
  #miss(reason: GapReason, fromMs: number, packets: number): void {
    this.#missing = this.#missing === null ? { reason, fromMs, packets } : { ...this.#missing, packets: this.#missing.packets + packets };
  }

  #tellMissing(toMs: number): void {
    const missing = this.#missing;
    if (missing === null) return;
    this.#missing = null;
    this.#options.onGap({ ...missing, toMs: Math.max(toMs, missing.fromMs) });
  }

  #cut(): void {
    const open = this.#open;
    this.#open = null;
    const first = open?.frames[0];
    const last = open?.frames.at(-1);
    if (open === null || first === undefined || last === undefined) return;
    const { codec } = this.#options;
    const atMs = (tick: number): number => (tick - first.tick) / this.#ticks;
    const frames = open.frames.map(({ frame, tick }, index): TimedFrame => {
      const next = open.frames[index + 1];
      const before = open.frames[index - 1];
      const lastsMs =
        next === undefined ? (before === undefined ? FRAME_MS[codec] : atMs(tick) - atMs(before.tick)) : atMs(next.tick) - atMs(tick);
      return { data: frame.data, isKey: frame.isKey, atMs: atMs(tick), lastsMs: Math.min(lastsMs, JUMP_MS) };
    });
    const tail = frames.at(-1)?.lastsMs ?? 0;
    const sentMs = this.#sentMs(first.frame.timestamp);
    this.#options.onSegment({
      codec,
      size: open.size,
      frames,
      received: { fromMs: first.frame.receivedMs, toMs: last.frame.receivedMs },
      sent: sentMs === null ? null : { fromMs: sentMs, toMs: sentMs + atMs(last.tick) + tail },
    });
  }

  /** A timestamp by the sender's own clock. */
  #sentMs(timestamp: number): number | null {
    if (this.#report === null) return null;
    const distance = (timestamp - this.#report.timestamp) | 0;
    return this.#report.sentMs + distance / this.#ticks;
  }
}
