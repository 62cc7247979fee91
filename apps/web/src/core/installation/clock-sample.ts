/** One reading of the venue's clock: local time before and after the request, and the venue's time in its answer (epoch ms). */
export interface ClockSample {
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly serverMs: number;
}

/** Offset above which it is shown: the eye does not miss a second. */
export const OFFSET_SHOWN_MS = 1_000;

export const roundTripMs = (sample: ClockSample): number => sample.receivedMs - sample.sentMs;

/** Venue's time minus local time, the venue's answer taken as from the middle of the round trip (RFC 5905, symmetric delay). */
export const offsetMs = (sample: ClockSample): number => sample.serverMs - (sample.sentMs + sample.receivedMs) / 2;

/** The sample to trust: the quickest round trip bounds the error best. Null for none. */
export function bestSample(samples: readonly ClockSample[]): ClockSample | null {
  return samples.reduce<ClockSample | null>(
    (best, sample) => (best === null || roundTripMs(sample) < roundTripMs(best) ? sample : best),
    null,
  );
}
