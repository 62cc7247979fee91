import { SILENCE_MS } from '@app/contracts';
import { type Lane, type LaneSegment, momentOf, neededFrom } from '../model/timeline.js';
import { correctionOf } from './master-clock.js';

const TYPES = { vp8: 'video/webm; codecs="vp8"', opus: 'audio/webm; codecs="opus"' } as const;
/** Footage that is kept ready behind and ahead of the instant, at 1×. */
const BEHIND_MS = 20_000;
const AHEAD_MS = 20_000;

/** A jump that has not arrived after this long is made again: now and then the browser forgets one. */
const SEEK_MS_MAX = 1_500;

/** A segment's file, opened; null where it cannot be shown, which is said elsewhere. Rejects where it may come later. */
type OpenSegment = (at: LaneSegment) => Promise<Uint8Array<ArrayBuffer> | null>;
export interface FootageSource {
  readonly open: OpenSegment;
  /** It was opened, and the browser cannot read it. */
  readonly unplayable: (at: LaneSegment) => void;
}

/**
 * Plays one lane in one element by Media Source Extensions: each segment stands at its time, what is near the clock is fetched, the rest let go of. It has no
 * clock of its own: it is told the instant a few times a second.
 */
export class LanePlayer {
  readonly #source = new MediaSource();
  readonly #url = URL.createObjectURL(this.#source);
  readonly #ready: Promise<SourceBuffer>;
  /** By segment: what lies in the buffer, and what will never. */
  readonly #held = new Map<LaneSegment, 'held' | 'lost'>();
  #isWorking = false;
  /** When the element was last sent elsewhere. */
  #jumpedMs = 0;
  #isClosed = false;
  #atMs = 0;
  #aheadMs = AHEAD_MS;

  /** `originMs`: the instant that is 0 in every element. */
  constructor(
    private readonly lane: Lane,
    private readonly originMs: number,
    private readonly element: HTMLMediaElement,
    private readonly footage: FootageSource,
    /** A segment could not be fetched; null: it can again. */
    private readonly onTrouble: (error: unknown) => void,
  ) {
    const type = TYPES[lane.track.source === 'microphone' ? 'opus' : 'vp8'];
    this.#ready = new Promise((resolve) => {
      this.#source.onsourceopen = () => {
        this.#source.onsourceopen = null;
        resolve(this.#source.addSourceBuffer(type));
      };
    });
    element.src = this.#url;
  }

  /** Fetches and lets go as the clock goes on. */
  want(atMs: number, rate: number): void {
    this.#atMs = atMs;
    this.#aheadMs = AHEAD_MS * Math.max(1, rate);
    if (!this.#isWorking && !this.#isClosed) void this.#work();
  }

  /** What should be seen now is on its way: the clock is to wait for it. */
  isStarving(atMs: number): boolean {
    const moment = momentOf(this.lane, atMs, SILENCE_MS);
    if (moment.kind !== 'segment') return false;
    const held = this.#held.get(moment.at);
    if (held === 'lost') return false;
    if (held === undefined) return true;
    const { element } = this;
    return element.seeking && this.#has(element.currentTime);
  }

  /** Whether the element shows what was there at that instant. */
  isShowing(atMs: number): boolean {
    const moment = momentOf(this.lane, atMs, SILENCE_MS);
    return (moment.kind === 'segment' || moment.kind === 'still') && this.#held.get(moment.at) === 'held';
  }

  /** Brings the element to the clock. */
  follow(atMs: number, rate: number, isRunning: boolean): void {
    const { element } = this;
    const timeS = (atMs - this.originMs) / 1_000;
    if (!this.isShowing(atMs)) {
      if (!element.paused) element.pause();
      return;
    }
    const correction = correctionOf(element.currentTime - timeS, rate);
    // At the end of a piece that was a little shorter by the sender's clock the element would wait for ever.
    const isStuck = !this.#has(element.currentTime) && this.#has(timeS);
    const isForgotten = element.seeking && performance.now() - this.#jumpedMs > SEEK_MS_MAX;
    // A jump that is under way to somewhere else is left for this one.
    if (this.#has(timeS) && (correction.jumps || isStuck || isForgotten)) {
      element.currentTime = timeS;
      this.#jumpedMs = performance.now();
    }
    const wanted = Math.min(16, Math.max(0.0625, correction.rate));
    if (element.playbackRate !== wanted) element.playbackRate = wanted;
    if (isRunning && element.paused) void element.play().catch(() => undefined);
    if (!isRunning && !element.paused) element.pause();
  }

  close(): void {
    this.#isClosed = true;
    this.element.removeAttribute('src');
    this.element.load();
    URL.revokeObjectURL(this.#url);
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      const buffer = await this.#ready;
      for (let next = this.#missing(); next !== null; next = this.#missing()) {
        await this.#letGo(buffer);
        const file = await this.footage.open(next);
        if (file === null) this.#held.set(next, 'lost');
        // Whoever has jumped elsewhere meanwhile does not need it any more.
        else if (this.#isNear(next)) {
          const isRead = await this.#append(buffer, next, file);
          this.#held.set(next, isRead ? 'held' : 'lost');
          if (!isRead) this.footage.unplayable(next);
        }
      }
      this.onTrouble(null);
    } catch (error) {
      this.onTrouble(this.#isClosed ? null : error);
    } finally {
      this.#isWorking = false;
    }
  }

  #missing(): LaneSegment | null {
    if (this.#isClosed) return null;
    return neededFrom(this.lane, this.#atMs, this.#aheadMs).find((segment) => !this.#held.has(segment)) ?? null;
  }
  #isNear({ fromMs, toMs }: LaneSegment): boolean {
    if (this.#isClosed) return false;
    return toMs > this.#atMs - BEHIND_MS && fromMs < this.#atMs + this.#aheadMs;
  }

  async #letGo(buffer: SourceBuffer): Promise<void> {
    for (const [segment, held] of this.#held) {
      if (held === 'lost' || this.#isNear(segment)) continue;
      this.#held.delete(segment);
      const [fromS, toS] = this.#boundsOf(segment);
      await done(buffer, () => {
        buffer.remove(fromS, toS);
      });
    }
  }

  /** False where the browser cannot read it. */
  async #append(buffer: SourceBuffer, segment: LaneSegment, file: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const [fromS, toS] = this.#boundsOf(segment);
    try {
      await done(buffer, () => {
        // What reaches over its neighbour by the sender's clock would take away the key frame there.
        buffer.appendWindowStart = 0;
        buffer.appendWindowEnd = toS;
        buffer.appendWindowStart = fromS;
        buffer.timestampOffset = fromS;
        buffer.appendBuffer(file);
      });
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') throw error;
      return false;
    }
  }

  /** In seconds of the element: from its beginning to that of the next one, or for as long as it may last. */
  #boundsOf(segment: LaneSegment): readonly [number, number] {
    const { segments } = this.lane;
    const next = segments[segments.indexOf(segment) + 1];
    const endMs = Math.min(next?.fromMs ?? Infinity, segment.toMs + SILENCE_MS);
    const fromS = (segment.fromMs - this.originMs) / 1_000;
    return [fromS, Math.max(fromS + 0.001, (endMs - this.originMs) / 1_000)];
  }

  #has(timeS: number): boolean {
    const { buffered } = this.element;
    for (let index = 0; index < buffered.length; index += 1) if (buffered.start(index) <= timeS && timeS < buffered.end(index)) return true;
    return false;
  }
}

/**
 * One change of a buffer. Listeners are properties that are taken away again: one that stays, because it was for what did not happen, keeps every file that
 * was ever appended in memory.
 */
function done(buffer: SourceBuffer, change: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => () => {
      buffer.onupdateend = buffer.onerror = null;
      settle();
    };
    buffer.onupdateend = end(resolve);
    buffer.onerror = end(() => {
      reject(new Error('the browser cannot read the segment'));
    });
    try {
      change();
    } catch (error) {
      end(() => {
        reject(error instanceof Error ? error : new Error(String(error)));
      })();
    }
  });
}
