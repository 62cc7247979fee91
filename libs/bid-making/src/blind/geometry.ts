/** A matrix of ISO 32000-1, 8.3.3: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
export type Point = readonly [x: number, y: number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

export const matrixOf = (values: ArrayLike<number> | null | undefined): Matrix =>
  values === null || values === undefined
    ? IDENTITY
    : [values[0] ?? 1, values[1] ?? 0, values[2] ?? 0, values[3] ?? 1, values[4] ?? 0, values[5] ?? 0];

/** `inner` first, then `outer`. */
export const chained = (outer: Matrix, inner: Matrix): Matrix => [
  outer[0] * inner[0] + outer[2] * inner[1],
  outer[1] * inner[0] + outer[3] * inner[1],
  outer[0] * inner[2] + outer[2] * inner[3],
  outer[1] * inner[2] + outer[3] * inner[3],
  outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
  outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
];

export const at = ([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point => [a * x + c * y + e, b * x + d * y + f];

/** The smallest upright box around what was drawn; null while nothing was. */
export class Box {
  #edges: { left: number; top: number; right: number; bottom: number } | null = null;

  around(...points: readonly Point[]): void {
    for (const [x, y] of points) {
      const { left, top, right, bottom } = this.#edges ?? { left: x, top: y, right: x, bottom: y };
      this.#edges = { left: Math.min(left, x), top: Math.min(top, y), right: Math.max(right, x), bottom: Math.max(bottom, y) };
    }
  }
  get edges(): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } | null {
    return this.#edges;
  }
}
