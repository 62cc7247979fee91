/**
 * The one clock of a replay: every picture and sound follows it, it follows none. `now`: milliseconds of a clock that never goes back.
 */
export class MasterClock {
  #fromMs: number;
  #sinceMs: number | null = null;
  #rate = 1;

  constructor(
    atMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#fromMs = atMs;
  }

  get atMs(): number {
    return this.#sinceMs === null ? this.#fromMs : this.#fromMs + (this.now() - this.#sinceMs) * this.#rate;
  }
  get rate(): number {
    return this.#rate;
  }
  get isRunning(): boolean {
    return this.#sinceMs !== null;
  }

  run(): void {
    this.#sinceMs ??= this.now();
  }
  stop(): void {
    this.#fromMs = this.atMs;
    this.#sinceMs = null;
  }
  seek(atMs: number): void {
    this.#fromMs = atMs;
    if (this.#sinceMs !== null) this.#sinceMs = this.now();
  }
  setRate(rate: number): void {
    this.seek(this.atMs);
    this.#rate = rate;
  }
}

/** Further off than this, in seconds at 1×, a picture jumps; further than the other it is played a little faster or slower. */
const JUMP_S = 0.3;
const SLIP_S = 0.03;
const NUDGE = 0.05;

/** How an element is brought back to the clock. `driftS`: its time less the clock's. */
export function correctionOf(driftS: number, rate: number): { readonly jumps: boolean; readonly rate: number } {
  const off = Math.abs(driftS);
  if (off > JUMP_S * rate) return { jumps: true, rate };
  if (off > SLIP_S * rate) return { jumps: false, rate: rate * (1 - Math.sign(driftS) * NUDGE) };
  return { jumps: false, rate };
}
