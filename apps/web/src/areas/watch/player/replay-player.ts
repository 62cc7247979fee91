import { type Lane, type SpanMs, within } from '../model/timeline.js';
import { type FootageSource, LanePlayer } from './lane-player.js';
import { MasterClock } from './master-clock.js';

const TICK_MS = 200;
/** What could not be fetched is tried again after this long. */
const TROUBLE_MS = 3_000;
export const RATES = [0.5, 1, 2, 4, 8, 16] as const;
/** Above this rate one picture is shown, and nothing is heard: no browser decodes five of them so fast. */
export const WHOLE_RATE_MAX = 2;
/** Lanes that are played at once. */
export const LANES_MAX = 5;

export interface PlayerState {
  readonly atMs: number;
  readonly isPlaying: boolean;
  /** The clock waits for what is on its way. */
  readonly isWaiting: boolean;
  readonly rate: number;
  readonly isMuted: boolean;
  /** Keys of lanes whose element shows what was there. */
  readonly showing: readonly string[];
  /** Why something could not be fetched; null: nothing is wrong. */
  readonly trouble: unknown;
}

interface Seat {
  readonly lane: Lane;
  readonly player: LanePlayer;
  readonly element: HTMLMediaElement;
}

/** Plays lanes in step: one clock, which waits when any of them has not what it should show. */
export class ReplayPlayer {
  readonly #clock: MasterClock;
  readonly #seats = new Map<string, Seat>();
  readonly #timer: ReturnType<typeof setInterval>;
  #isPlaying = false;
  #isWaiting = false;
  #isMuted = false;
  #trouble: unknown = null;
  #heldUntilMs = 0;

  constructor(
    private readonly span: SpanMs,
    private readonly footage: FootageSource,
    private readonly tell: (state: PlayerState) => void,
  ) {
    this.#clock = new MasterClock(span.fromMs);
    this.#timer = setInterval(() => {
      this.#tick();
    }, TICK_MS);
  }

  get state(): PlayerState {
    const { atMs, rate } = this.#clock;
    const showing = [...this.#seats].flatMap(([key, seat]) => (this.#plays(seat) && seat.player.isShowing(atMs) ? [key] : []));
    const [isPlaying, isWaiting, isMuted, trouble] = [this.#isPlaying, this.#isWaiting, this.#isMuted, this.#trouble];
    return { atMs, isPlaying, isWaiting, rate, isMuted, showing, trouble };
  }

  add(lane: Lane, element: HTMLMediaElement): void {
    this.remove(lane.key);
    const player = new LanePlayer(lane, this.span.fromMs, element, this.footage, (error) => {
      this.#trouble = error;
      if (error !== null) this.#heldUntilMs = performance.now() + TROUBLE_MS;
    });
    this.#seats.set(lane.key, { lane, player, element });
    this.#tick();
  }
  remove(key: string): void {
    this.#seats.get(key)?.player.close();
    this.#seats.delete(key);
  }

  play(): void {
    this.#isPlaying = true;
    if (this.#clock.atMs >= this.span.toMs) this.#clock.seek(this.span.fromMs);
    this.#tick();
  }
  pause(): void {
    this.#isPlaying = false;
    this.#tick();
  }
  seek(atMs: number): void {
    this.#clock.seek(within(atMs, this.span));
    this.#heldUntilMs = 0;
    this.#tick();
  }
  setRate(rate: number): void {
    this.#clock.setRate(rate);
    this.#tick();
  }
  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
    this.#tick();
  }
  close(): void {
    clearInterval(this.#timer);
    for (const key of [...this.#seats.keys()]) this.remove(key);
  }

  /** Everything that changes the clock or an element by itself happens here. */
  #tick(): void {
    const clock = this.#clock;
    if (clock.atMs >= this.span.toMs) {
      clock.seek(this.span.toMs);
      this.#isPlaying = false;
    }
    const playing = [...this.#seats.values()].filter((seat) => this.#plays(seat));
    const isStarving = (): boolean => playing.some(({ player }) => player.isStarving(clock.atMs));
    if (this.#isPlaying && !isStarving()) clock.run();
    else clock.stop();
    const { atMs, rate, isRunning } = clock;
    for (const seat of this.#seats.values()) {
      const { player, element, lane } = seat;
      element.muted = this.#isMuted || rate > WHOLE_RATE_MAX || lane.track.source !== 'microphone';
      if (!this.#plays(seat)) {
        if (!element.paused) element.pause();
        continue;
      }
      if (performance.now() >= this.#heldUntilMs) player.want(atMs, rate);
      player.follow(atMs, rate, isRunning);
    }
    // A jump that was just made has not arrived. Nobody runs on meanwhile: whoever did would have to jump next, and all would wait for each other.
    this.#isWaiting = isStarving();
    if (this.#isWaiting) {
      clock.stop();
      for (const { element } of playing) if (!element.paused) element.pause();
    }
    this.tell(this.state);
  }

  #plays({ lane }: Seat): boolean {
    if (this.#clock.rate <= WHOLE_RATE_MAX) return true;
    const first = [...this.#seats.values()].find((seat) => seat.lane.track.source !== 'microphone');
    return first?.lane.key === lane.key;
  }
}
