import { Counter } from './counter.js';
import type { RtpPacket } from './rtp-packet.js';

/** A packet at its place, or a place whose packets never came. `receivedMs`: the clock of whoever received it. */
export type InOrder =
  | { readonly kind: 'packet'; readonly packet: RtpPacket; readonly receivedMs: number }
  | { readonly kind: 'hole'; readonly packets: number };

export interface ReorderOptions {
  /** So long a packet waits, from its own arrival, for those before it. */
  readonly waitMs: number;
  /** So many packets are held at most; then the oldest goes on without those before it. */
  readonly heldMax: number;
}

/** A number further away than this is another series (RFC 3550, A.1), believed when the next one follows it. */
const JUMP_PACKETS = 3_000;
const NACK_AFTER_MS = 10;
const NACK_AGAIN_MS = 30;
const NACKS_MAX = 10;

interface Held {
  readonly packet: RtpPacket;
  readonly receivedMs: number;
}
interface Missing {
  readonly sinceMs: number;
  askedMs: number;
  asked: number;
}

/** Puts the packets of one stream in their order. Twice the same, or too late, is left out. What is missing is said, and not waited for longer than `waitMs`. */
export class ReorderBuffer {
  readonly #options: ReorderOptions;
  #counter = new Counter(16);
  readonly #held = new Map<number, Held>();
  readonly #missing = new Map<number, Missing>();
  /** Number of the next packet to hand on; null before the first. */
  #next: number | null = null;
  #highest = 0;
  /** The number after one that lay too far away. */
  #elsewhere: number | null = null;

  constructor(options: ReorderOptions) {
    this.#options = options;
  }

  push(packet: RtpPacket, receivedMs: number): InOrder[] {
    const number = this.#counter.read(packet.sequence);
    if (this.#next !== null && Math.abs(number - this.#highest) > JUMP_PACKETS) return this.#far(packet, receivedMs);
    this.#elsewhere = null;
    if (this.#next === null) {
      this.#next = number;
      this.#highest = number;
      this.#counter.advance(packet.sequence);
    }
    if (number < this.#next || this.#held.has(number)) return [];
    this.#held.set(number, { packet, receivedMs });
    this.#missing.delete(number);
    if (number > this.#highest) {
      for (let lost = this.#highest + 1; lost < number; lost += 1)
        this.#missing.set(lost, { sinceMs: receivedMs, askedMs: -Infinity, asked: 0 });
      this.#highest = number;
      this.#counter.advance(packet.sequence);
    }
    const ready = this.#ready();
    while (this.#held.size > this.#options.heldMax) ready.push(...this.#skip());
    return ready;
  }

  /** What need not wait any more at this time. To be asked on a timer too: no packet may come that would push the others on. */
  expire(nowMs: number): InOrder[] {
    const ready: InOrder[] = [];
    for (let oldest = this.#oldest(); oldest !== null && nowMs - oldest.receivedMs >= this.#options.waitMs; oldest = this.#oldest()) {
      ready.push(...this.#skip());
    }
    return ready;
  }

  /** Everything that is held, with its holes: nothing more will come. */
  flush(): InOrder[] {
    return this.expire(Infinity);
  }

  /** 16-bit numbers to ask for once more at this time, ascending. */
  wanted(nowMs: number): number[] {
    const wanted: number[] = [];
    for (const [number, missing] of this.#missing) {
      if (missing.asked >= NACKS_MAX || nowMs - missing.sinceMs < NACK_AFTER_MS || nowMs - missing.askedMs < NACK_AGAIN_MS) continue;
      missing.askedMs = nowMs;
      missing.asked += 1;
      wanted.push(((number % 65_536) + 65_536) % 65_536);
    }
    return wanted;
  }

  #oldest(): Held | null {
    let first: Held | null = null;
    for (const held of this.#held.values()) if (first === null || held.receivedMs < first.receivedMs) first = held;
    return first;
  }

  #ready(): InOrder[] {
    const ready: InOrder[] = [];
    for (let held = this.#take(); held !== null; held = this.#take()) ready.push({ kind: 'packet', ...held });
    return ready;
  }

  #take(): Held | null {
    const held = this.#next === null ? undefined : this.#held.get(this.#next);
    if (this.#next === null || held === undefined) return null;
    this.#held.delete(this.#next);
    this.#next += 1;
    return held;
  }

  /** Goes on at the first packet that is held. */
  #skip(): InOrder[] {
    if (this.#next === null || this.#held.size === 0) return [];
    const first = Math.min(...this.#held.keys());
    const packets = first - this.#next;
    for (let lost = this.#next; lost < first; lost += 1) this.#missing.delete(lost);
    this.#next = first;
    return packets === 0 ? this.#ready() : [{ kind: 'hole', packets }, ...this.#ready()];
  }

  /** One stray number is a stray; two in a row are a sender that began anew. How many packets lie between nobody knows: at least one. */
  #far(packet: RtpPacket, receivedMs: number): InOrder[] {
    if (packet.sequence !== this.#elsewhere) {
      this.#elsewhere = (packet.sequence + 1) & 0xffff;
      return [];
    }
    const before = this.flush();
    this.#missing.clear();
    this.#counter = new Counter(16);
    this.#next = null;
    this.#elsewhere = null;
    return [...before, { kind: 'hole', packets: 1 }, ...this.push(packet, receivedMs)];
  }
}
