import { readOrigin } from '@app/evaluation';

/** A log by its name; lot and round where it is a lot's. */
export interface LogName {
  readonly origin: string;
  readonly lot: string | null;
  readonly round: number | null;
}

/** The name that an origin makes. */
export function nameOf(origin: string): LogName {
  const read = readOrigin(origin);
  return { origin, lot: read?.lot ?? null, round: read?.round ?? null };
}
