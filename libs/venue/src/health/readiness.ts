import type { JsonObject } from '@app/contracts';

/** Whether a venue can work, and what an operator wants to know of it. */
export abstract class Readiness {
  /** Throws UNAVAILABLE when the venue cannot work; what can be missing without loss (a line, Redis) is only told. */
  abstract facts(): Promise<JsonObject>;
}
