import { randomInt } from 'node:crypto';

export const BACKOFF = { firstMs: 250, maxMs: 30_000 } as const;

/** Draws a whole number from 0 (included) to `below` (excluded). */
export type Draw = (below: number) => number;
/** Name of the provider of a {@link Draw}: tests give one that they know. */
export const DRAW = Symbol('Draw');
export const drawRandom: Draw = (below) => randomInt(below);

/** Wait before try number `tries` (from 1), in milliseconds: doubling, half of it drawn, so that many sites do not come back at once. */
export function backoffMs(tries: number, draw: Draw = drawRandom, maxMs: number = BACKOFF.maxMs): number {
  const full = Math.min(maxMs, BACKOFF.firstMs * 2 ** Math.min(20, Math.max(0, tries - 1)));
  return Math.floor(full / 2) + draw(Math.floor(full / 2) + 1);
}
