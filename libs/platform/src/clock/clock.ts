/** Stops a timer. Calling it twice, or after the timer has fired, does nothing. */
export type CancelTimer = () => void;

/** Node fires timers beyond this at once instead of late, so a longer wait is walked in pieces. */
const TIMER_STEP_MS_MAX = 2_000_000_000;

/**
 * The only source of time. Rules never read it: they get the time as data (`context.at`); whoever wakes them asks here, so
 * that a test can let twenty days pass in a moment.
 */
export abstract class Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. Legal time: what the machine's clock, kept by NTP, says. */
  abstract nowMs(): number;
  /** Calls `fn` once, not before `delayMs` milliseconds are over. */
  abstract after(delayMs: number, fn: () => void): CancelTimer;

  now(): Date {
    return new Date(this.nowMs());
  }

  /** UTC with milliseconds, the form of `zInstant`: `2026-03-24T01:30:00.000Z`. */
  instant(): string {
    return this.now().toISOString();
  }

  /** Calls `fn` once, not before the instant `at`; at the next turn when it is past. Throws RangeError when `at` is no instant. */
  at(at: string, fn: () => void): CancelTimer {
    const targetMs = Date.parse(at);
    if (Number.isNaN(targetMs)) throw new RangeError(`not an instant: ${at}`);
    return this.after(Math.max(0, targetMs - this.nowMs()), fn);
  }

  /** Calls `fn` again and again, `periodMs` milliseconds after the last call has returned; the first time after one period. */
  every(periodMs: number, fn: () => void): CancelTimer {
    let isOver = false;
    let cancel: CancelTimer = () => undefined;
    const arm = (): void => {
      cancel = this.after(periodMs, () => {
        fn();
        if (!isOver) arm();
      });
    };
    arm();
    return () => {
      isOver = true;
      cancel();
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }
}

export class SystemClock extends Clock {
  #lastMs = Number.NaN;
  #last = '';

  nowMs(): number {
    return Date.now();
  }

  /** Writing the text costs more than reading the time, and a busy process asks many times in one millisecond. */
  override instant(): string {
    const ms = Date.now();
    if (ms !== this.#lastMs) {
      this.#last = new Date(ms).toISOString();
      this.#lastMs = ms;
    }
    return this.#last;
  }

  after(delayMs: number, fn: () => void): CancelTimer {
    let timer: NodeJS.Timeout;
    const arm = (leftMs: number): void => {
      const stepMs = Math.min(Math.max(0, leftMs), TIMER_STEP_MS_MAX);
      timer = setTimeout(() => {
        if (leftMs > stepMs) arm(leftMs - stepMs);
        else fn();
      }, stepMs);
    };
    arm(delayMs);
    return () => {
      clearTimeout(timer);
    };
  }
}
